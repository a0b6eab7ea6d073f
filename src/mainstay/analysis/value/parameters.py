"""The policy of a valuation: what the company decides, beside what the data say."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """The policy of a run; shares from 0 to 1, rates per year."""

    as_of: date
    currency: str = "EUR"
    abc_a: float = 0.80
    abc_b: float = 0.95
    discount_rate: float = 0.10
    horizon_months: int = 60
    default_margin: float = 1.0  # of revenue, where no line has a cost; 1: value is revenue
    level: float = 0.80  # of the prediction intervals
    model: str = "bg_nbd"  # of purchases: a name of `lifetime.names`, or "best": the holdout's
    compare: bool = False  # whether the summary compares all models, as it does for others

    def plain(self) -> dict[str, Any]:
        """Return them as they stand in a summary."""
        return asdict(self) | {"as_of": self.as_of.isoformat()}
