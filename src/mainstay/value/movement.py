"""What changed since the run before: sums of both, and who moved between classes."""

from typing import Any

from .models import ValueRun
from .queries import moves_since, run_before


def since_before(run: ValueRun, summary: dict[str, Any]) -> dict[str, Any] | None:
    """Return the sums of the complete run before and the moves of customers; None without one.

    A move from "" is a customer whom the run before did not have, a move to "" one whom this
    run has no longer.
    """
    before = run_before(run)
    if before is None:
        return None
    moves = moves_since(run, before)
    stayed = sum(move["customers"] for move in moves if move["from"] is not None)
    return {
        "run": before.pk,
        "as_of": before.as_of.isoformat(),
        "n": before.summary["n"],
        "revenue_minor": before.summary.get("revenue_minor", 0),
        "equity_minor": equity(before.summary),
        "came": summary["n"] - stayed,
        "gone": max(before.customer_count - stayed, 0),
        "moves": [move for move in moves if move["from"] and move["from"] != move["to"]],
    }


def equity(summary: dict[str, Any]) -> float | None:
    """Return the customer equity that a summary states, if it could be computed."""
    found = (summary.get("expected") or {}).get("equity_minor")
    return float(found["mean"]) if found else None
