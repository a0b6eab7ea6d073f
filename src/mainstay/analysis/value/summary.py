"""The summary of a valuation: plain values, ready for JSON, with n and intervals beside estimates.

Keys are stable; words for people are made where the summary is shown. What could not be computed
stands in `cannot` with its reason, and its own key is null.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import ibis

from mainstay.analysis.lifetime import names

from .back_test import BackTest
from .forecasts import Cannot, Models, Total
from .segments import NAMES
from .totals import AT_RISK_BELOW, MARKS

FEW_CUSTOMERS = 30  # under this many, forecasts are shown with a warning


class Margin(NamedTuple):
    """The gross margin that values future spend, as a share of revenue, and where it comes from."""

    share: float
    basis: str  # "costs": of lines with a known cost; "default": the company's own figure
    known: float  # share of revenue whose cost is known


def margin(totals: dict[str, Any], *, default: float) -> Margin:
    """Return the base's gross margin over lines with known cost, else the default."""
    costed, revenue = totals.get("costed_minor", 0), totals["revenue_minor"]
    if costed <= 0 or revenue <= 0:
        return Margin(default, "default", 0.0)
    return Margin(1 - totals["cost_minor"] / costed, "costs", min(costed / revenue, 1.0))


def empty(parameters: dict[str, Any], counts: dict[str, Any], why: Cannot) -> dict[str, Any]:
    """Return the summary of a base without customers."""
    return {"parameters": parameters, "n": 0, "counts": counts, "cannot": [why._asdict()]}


def margin_column(facts: ibis.Table, margin: Margin) -> ibis.Value:
    """Return each customer's gross margin in minor units; null where no line's cost is known."""
    if margin.basis == "default":
        return ibis.null("int64")
    return facts.costed_minor - facts.cost_minor


@dataclass(frozen=True)
class Worth:
    """What the forecasts add up to, from `totals.expected` and `totals.at_risk`."""

    sums: dict[str, Any]
    risk: dict[str, Any]
    total: Total | None
    values: dict[str, Any] | None
    yearly: Sequence[float] = ()

    def expected(self) -> dict[str, Any]:
        """Return who is still a customer, what they will buy, and the value of all."""
        return {
            "alive": self.sums["alive"],
            "purchases_12m": self.sums["purchases_12m"],
            "equity_minor": self.total._asdict() if self.total else None,
            "yearly_minor": [round(value) for value in self.yearly],
        }

    def at_risk(self) -> dict[str, Any]:
        """Return how many customers of classes A and B are probably lost, and what they bring."""
        yearly = int(self.risk["yearly_minor"])
        return {"below": AT_RISK_BELOW, **self.risk, "yearly_minor": yearly}


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Everything a summary is made of: what the engine counted, and what was modelled."""

    parameters: dict[str, Any]
    counts: dict[str, Any]
    totals: dict[str, Any]
    groups: dict[str, Any]
    segments: list[dict[str, Any]]
    margin: Margin
    models: Models
    worth: "Worth | None"
    back_test: BackTest | Cannot
    comparison: dict[str, Any] | None

    def told(self) -> dict[str, Any]:
        """Return the summary."""
        totals = self.totals
        return {
            "parameters": self.parameters,
            "n": totals["n"],
            "few": totals["n"] < FEW_CUSTOMERS,
            "first_day": totals["first_day"].isoformat(),
            "last_day": totals["last_day"].isoformat(),
            "occasions": totals["occasions"],
            "repeaters": totals["repeaters"],
            "revenue_minor": totals["revenue_minor"],
            "margin": self.margin._asdict(),
            "counts": self.counts,
            **self.groups,
            "segments": sorted(self.segments, key=lambda row: NAMES.index(row["segment"])),
            "models": _models(self.models),
            "expected": self.worth and self.worth.expected(),
            "clv": self.worth and self.worth.values,
            "at_risk": self.worth and self.worth.at_risk(),
            "back_test": _tested(self.back_test),
            "comparison": self.comparison,
            "cannot": [reason._asdict() for reason in self._cannot()],
        }

    def _cannot(self) -> list[Cannot]:
        reasons = list(self.models.cannot)
        if isinstance(self.back_test, Cannot):
            reasons.append(self.back_test)
        if not (self.groups["total_minor"] or 0) > 0:
            reasons.append(Cannot("classes", "No customer has revenue above zero."))
        return reasons


def _models(found: Models) -> dict[str, Any]:
    return {
        "purchases": _model(names.title_of(found.purchases), found.purchases)
        if found.purchases
        else None,
        "spend": _model("Gamma-Gamma", found.spend) if found.spend else None,
    }


def _model(name: str, model: Any) -> dict[str, Any]:
    errors, intervals = model.standard_errors(), model.confint()
    dropout = getattr(model, "dropout", True)
    return {
        "name": name,
        "calendar": names.in_calendar_time(model),
        "n": model.n,
        "log_likelihood": model.log_likelihood,
        "note": model.note,
        "dropout": dropout,
        "excluded": getattr(model, "excluded", 0),
        "correlation": getattr(model, "correlation", None) and model.correlation._asdict(),
        "parameters": [
            {
                "name": parameter,
                "value": getattr(getattr(model, "inner", model), parameter),
                "error": errors.get(parameter),
                "low": intervals[parameter].low if parameter in intervals else None,
                "high": intervals[parameter].high if parameter in intervals else None,
            }
            for parameter in model.NAMES
            if dropout or parameter in {"r", "alpha"}
        ],
    }


def value_edges(sums: dict[str, Any]) -> list[float]:
    """Return the edges of bins of value in steps of 1, 2, 5, 10 …

    Value spans orders of magnitude: bins of one width would put nearly everybody into the first.
    """
    low, *_between, high = sums["marks"]
    return [0.0, *_steps(max(low, high / 1000), high)]


def distribution(
    sums: dict[str, Any], edges: Sequence[float], above: dict[str, Any]
) -> dict[str, Any]:
    """Return quantiles of value and the bins, the first and the last one open."""
    reached = [above["n"], *(above[f"e{place}"] for place in range(1, len(edges) - 1)), 0]
    return {
        "quantiles": {f"{100 * m:.0f}": at for m, at in zip(MARKS, sums["marks"], strict=True)},
        "bins": [
            {"low": low, "high": high, "n": reached[place] - reached[place + 1]}
            for place, (low, high) in enumerate(pairwise(edges))
        ],
        "above": above["above"],
    }


def _steps(low: float, high: float) -> list[float]:
    """Return 1, 2 or 5 times powers of ten from about `low` to the first at or above `high`."""
    first = math.floor(math.log10(max(low, 1.0)))
    last = math.ceil(math.log10(max(high, 1.0)))
    series = [times * 10.0**power for power in range(first, last + 1) for times in (1, 2, 5)]
    beyond = next(n for n, step in enumerate(series) if step >= high or n == len(series) - 1)
    return series[: max(beyond, 1) + 1]


def _tested(tested: BackTest | Cannot) -> dict[str, Any] | None:
    if isinstance(tested, Cannot):
        return None
    found = tested.purchases
    rows = {names.title_of(found.fitted): found.model, "x / T": found.naive}
    return {
        "split": tested.split.isoformat(),
        "days": tested.days,
        "customers": found.model.n,
        "actual": found.model.actual,
        "errors": [{"model": name, **asdict(errors)} for name, errors in rows.items()],
        "level": found.level,
        "covered": found.covered,
        "groups": [asdict(group) for group in found.groups],
        "revenue_actual_minor": tested.revenue["actual"],
        "revenue_forecast_minor": tested.revenue["forecast"],
        "tracking": list(tested.tracking),
        "note": found.fitted.note,
    }
