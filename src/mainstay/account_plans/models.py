"""Where Django looks for the models of key accounts."""

from .action_plans.models import ActionLine, PlannedAction, Strategy  # noqa: F401
from .certainty.models import CertaintyRating, Offering  # noqa: F401
from .library.models import LibraryEntry  # noqa: F401
from .plan.models import Passage, PlanVersion  # noqa: F401
from .selection.models import (  # noqa: F401
    Candidate,
    Criterion,
    Judgement,
    KeyAccount,
    Placing,
    Rating,
    Selection,
)
from .team.models import SkillRating, TeamMember  # noqa: F401
