"""Pure helpers of value runs."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mainstay.analysis.valuation import Parameters


def parameters_of(as_of: date, policy: Mapping[str, Any]) -> "Parameters":
    """Return the valuation's parameters from the policy numbers that a run has frozen."""
    from mainstay.analysis.valuation import Parameters

    names = {one.name for one in fields(Parameters)} - {"as_of"}
    known = {name: policy[name] for name in names if name in policy}
    return Parameters(as_of=as_of, **known)


@dataclass
class Laps:
    """How long each part of a run took, in seconds."""

    seconds: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.perf_counter)

    def end(self, part: str) -> None:
        now = time.perf_counter()
        self.seconds[part] = round(now - self.began, 3)
        self.began = now
