"""The topics that every value run computes beside the value of each customer, in this order."""

from mainstay.value.stage import Stage

STAGES: tuple[Stage, ...] = ()
