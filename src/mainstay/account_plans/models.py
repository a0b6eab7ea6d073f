"""Where Django looks for the models of key accounts."""

from .selection.models import (  # noqa: F401
    Candidate,
    Criterion,
    Judgement,
    KeyAccount,
    Placing,
    Rating,
    Selection,
)
