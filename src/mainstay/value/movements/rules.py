"""Why a customer moved: which of its own inputs changed, or that the others did."""

from dataclasses import dataclass
from typing import Any

RECENCY, FREQUENCY, MONETARY, OTHERS, MODEL = "recency", "frequency", "monetary", "others", "model"


@dataclass(frozen=True)
class Reason:
    """An input that moved, from what to what; `others` and `model` have no ends."""

    key: str
    before: Any = None
    now: Any = None


def reasons(before: Any, now: Any) -> list[Reason]:
    """Return which inputs of a customer's value differ between two runs, the telling first.

    A customer that bought again has a later last day; one that fell silent has the same last day
    and more days since. Where nothing of its own changed, the bounds moved with the other
    customers, or the model was fitted to other data.
    """
    found = []
    if now.last_day == before.last_day and now.recency_days != before.recency_days:
        found.append(Reason(RECENCY, before.recency_days, now.recency_days))
    if now.occasions != before.occasions:
        found.append(Reason(FREQUENCY, before.occasions, now.occasions))
    if now.revenue_minor != before.revenue_minor:
        found.append(Reason(MONETARY, before.revenue_minor, now.revenue_minor))
    own = {reason.key for reason in found}
    if now.abc_class != before.abc_class and MONETARY not in own:
        found.append(Reason(OTHERS))
    if not found:
        found.append(Reason(MODEL))
    return found
