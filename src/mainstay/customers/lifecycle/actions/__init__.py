"""Everything that changes where customers stand; computing all of them is in `computing`, whose
libraries cost a second at start."""

from .overriding import end_override, set_stage
from .thresholds import change_thresholds

__all__ = ["change_thresholds", "end_override", "set_stage"]
