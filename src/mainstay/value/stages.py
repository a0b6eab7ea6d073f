"""The topics that every value run computes beside the value of each customer, in this order."""

from mainstay.value.gaps.stage import GAPS
from mainstay.value.movements.stage import MOVEMENTS
from mainstay.value.relations import RELATIONS
from mainstay.value.stage import Stage

STAGES: tuple[Stage, ...] = (GAPS, RELATIONS, MOVEMENTS)
