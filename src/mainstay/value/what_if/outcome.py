"""What the levers come to: the current runs as they are, and as they would be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mainstay.analysis.numerics.intervals import Estimate
from mainstay.analysis.value import what_if
from mainstay.analysis.value.what_if import Policy
from mainstay.value import queries as value
from mainstay.value.profitability import queries as profitability

from . import queries

LEVERS = ("retention", "margin", "discount_rate")


@dataclass(frozen=True)
class Today:
    """The current value run and profit run; what is not there is None."""

    run: Any
    policy: Policy
    costs: dict[str, int]
    names: dict[str, str]
    profit_run: Any = None

    @property
    def equity(self) -> Estimate | None:
        told = (self.run.summary.get("expected") or {}).get("equity_minor")
        return Estimate(told["mean"], told["low"], told["high"]) if told else None

    @property
    def yearly(self) -> list[float]:
        """Return the value of each future year before discounting; runs of old have none."""
        return list((self.run.summary.get("expected") or {}).get("yearly_minor") or [])

    @property
    def months(self) -> int:
        return int(self.run.summary["parameters"]["horizon_months"])


@dataclass(frozen=True)
class Result:
    """Equity with its interval, the present value of each future year, and the year's profit."""

    equity: Estimate | None
    flows: list[float] = field(default_factory=list)
    profit: queries.Profit | None = None


def today() -> Today | None:
    """Return how things stand; None until a run with customers is complete."""
    run, costed = value.current_run(), profitability.current_run()
    if run is None or not run.summary["n"]:
        return None
    yearly = (run.summary.get("expected") or {}).get("yearly_minor") or []
    told = run.summary["parameters"]
    policy = Policy(
        retention=what_if.retention(yearly, months=told["horizon_months"]),
        margin=run.summary["margin"]["share"],
        discount_rate=told["discount_rate"],
    )
    return Today(run, policy, queries.costs(costed), queries.names(costed), costed)


def moved(now: Today, levers: Mapping[str, Any]) -> Result:
    """Return what the levers come to; {} is today.

    Raises:
        ValueError: a lever that cannot stand there, in a sentence.
    """
    given = {name: levers[name] for name in LEVERS if levers.get(name) is not None}
    # A retention left alone stays unnamed, so that a forecast without one can be moved otherwise.
    then = Policy(**({**vars(now.policy), "retention": None} | given))
    relief = what_if.relief(now.costs, levers.get("costs") or {})
    equity, flows = None, []
    if now.equity and now.yearly:
        terms = {"now": now.policy, "then": then, "months": now.months}
        equity = what_if.equity(now.equity, now.yearly, **terms)  # type: ignore[arg-type]
        flows = what_if.flows(now.yearly, **terms).tolist()  # type: ignore[arg-type]
    run = now.profit_run
    profit = queries.profit(run, relief) if run and run.summary["n"] else None
    return Result(equity, flows, profit)
