"""The summary of a valuation: plain values, ready for JSON, with n and intervals beside estimates.

Keys are stable; words for people are made where the summary is shown. What could not be computed
stands in `cannot` with its reason, and its own key is null.
"""

import math
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .back_test import BackTest
from .forecasts import Cannot, Floats, Forecasts, Histories, Total, mean_of, numbers
from .segments import NAMES

AT_RISK_BELOW = 0.5  # P(alive) under which a customer of class A or B counts as at risk
FEW_CUSTOMERS = 30  # under this many, forecasts are shown with a warning


class Margin(NamedTuple):
    """The gross margin that values future spend, as a share of revenue, and where it comes from."""

    share: float
    basis: str  # "costs": of lines with a known cost; "default": the company's own figure
    known: float  # share of revenue whose cost is known


def margin(customers: pa.Table, *, default: float) -> Margin:
    """Return the base's gross margin over lines with known cost, else the default."""
    if "costed_minor" not in customers.column_names:
        return Margin(default, "default", 0.0)
    costed = pc.sum(customers["costed_minor"]).as_py() or 0
    revenue = pc.sum(customers["revenue_minor"]).as_py() or 0
    if costed <= 0 or revenue <= 0:
        return Margin(default, "default", 0.0)
    share = 1 - (pc.sum(customers["cost_minor"]).as_py() or 0) / costed
    return Margin(share, "costs", min(costed / revenue, 1.0))


def margin_column(customers: pa.Table, margin: Margin) -> Any:
    """Return each customer's gross margin in minor units; null where no line's cost is known."""
    if margin.basis == "default":
        return pa.nulls(customers.num_rows, pa.int64())
    return pc.subtract(customers["costed_minor"], customers["cost_minor"])


def empty(parameters: dict[str, Any], counts: dict[str, Any], why: Cannot) -> dict[str, Any]:
    """Return the summary of a base without customers."""
    return {"parameters": parameters, "n": 0, "counts": counts, "cannot": [why._asdict()]}


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Everything a summary is made of."""

    parameters: dict[str, Any]
    counts: dict[str, Any]
    groups: dict[str, Any]
    margin: Margin
    forecasts: Forecasts
    total: Total | None
    back_test: BackTest | Cannot

    def of(self, customers: pa.Table, history: Histories) -> dict[str, Any]:
        """Return the summary of these customers."""
        cannot = [reason._asdict() for reason in self.forecasts.cannot]
        if isinstance(self.back_test, Cannot):
            cannot.append(self.back_test._asdict())
        if not (self.groups["total_minor"] or 0) > 0:
            cannot.append(Cannot("classes", "No customer has revenue above zero.")._asdict())
        return {
            "parameters": self.parameters,
            "n": customers.num_rows,
            "few": customers.num_rows < FEW_CUSTOMERS,
            "first_day": pc.min(customers["first_day"]).as_py().isoformat(),
            "last_day": pc.max(customers["last_day"]).as_py().isoformat(),
            "occasions": int(pc.sum(customers["occasions"]).as_py()),
            "repeaters": int(np.count_nonzero(history.x)),
            "revenue_minor": int(pc.sum(customers["revenue_minor"]).as_py()),
            "margin": self.margin._asdict(),
            "counts": self.counts,
            **self.groups,
            "segments": _segments(customers),
            "models": _models(self.forecasts),
            "expected": _expected(self.forecasts, self.total),
            "clv": _distribution(customers),
            "at_risk": _at_risk(customers),
            "back_test": _tested(self.back_test),
            "cannot": cannot,
        }


def _segments(customers: pa.Table) -> list[dict[str, Any]]:
    found = customers.group_by("segment").aggregate(
        [("segment", "count"), ("revenue_minor", "sum")]
    )
    rows = {row["segment"]: row for row in found.to_pylist()}
    return [
        {
            "segment": name,
            "customers": rows[name]["segment_count"],
            "revenue_minor": rows[name]["revenue_minor_sum"],
        }
        for name in NAMES
        if name in rows
    ]


def _models(found: Forecasts) -> dict[str, Any]:
    return {
        "purchases": _model("BG/NBD", found.purchases) if found.purchases else None,
        "spend": _model("Gamma-Gamma", found.spend) if found.spend else None,
    }


def _model(name: str, model: Any) -> dict[str, Any]:
    errors, intervals = model.standard_errors(), model.confint()
    dropout = getattr(model, "dropout", True)
    return {
        "name": name if dropout else "NBD",
        "n": model.n,
        "log_likelihood": model.log_likelihood,
        "note": model.note,
        "dropout": dropout,
        "excluded": getattr(model, "excluded", 0),
        "correlation": getattr(model, "correlation", None) and model.correlation._asdict(),
        "parameters": [
            {
                "name": parameter,
                "value": getattr(model, parameter),
                "error": errors.get(parameter),
                "low": intervals[parameter].low if parameter in intervals else None,
                "high": intervals[parameter].high if parameter in intervals else None,
            }
            for parameter in model.NAMES
            if dropout or parameter in {"r", "alpha"}
        ],
    }


def _expected(found: Forecasts, total: Total | None) -> dict[str, Any] | None:
    if found.scores is None:
        return None
    return {
        "alive": float(found.scores.alive.sum()),
        "purchases_12m": float(found.scores.purchases.mean.sum()),
        "equity_minor": total._asdict() if total else None,
    }


def _distribution(customers: pa.Table) -> dict[str, Any] | None:
    """Return quantiles of CLV and bins in steps of 1, 2, 5, 10 …, the last one open.

    Value spans orders of magnitude: bins of one width would put nearly everybody into the first.
    """
    if "clv_minor" not in customers.column_names:
        return None
    worth = numbers(customers, "clv_minor")
    marks = np.quantile(worth, [0.1, 0.25, 0.5, 0.75, 0.9, 0.99])
    edges = np.array([0.0, *_steps(max(marks[0], marks[-1] / 1000), marks[-1])])
    top = edges[-1]
    counts, _edges = np.histogram(np.clip(worth, 0.0, top), bins=edges)
    return {
        "quantiles": dict(zip(("10", "25", "50", "75", "90", "99"), marks.tolist(), strict=True)),
        "bins": [
            {"low": float(low), "high": float(high), "n": int(n)}
            for low, high, n in zip(edges[:-1], edges[1:], counts, strict=True)
        ],
        "above": int(np.count_nonzero(worth > top)),
    }


def _steps(low: float, high: float) -> list[float]:
    """Return 1, 2 or 5 times powers of ten from about `low` to the first at or above `high`."""
    first = math.floor(math.log10(max(low, 1.0)))
    last = math.ceil(math.log10(max(high, 1.0)))
    series = [times * 10.0**power for power in range(first, last + 1) for times in (1, 2, 5)]
    beyond = next(n for n, step in enumerate(series) if step >= high or n == len(series) - 1)
    return series[: max(beyond, 1) + 1]


def _at_risk(customers: pa.Table) -> dict[str, Any] | None:
    """Return how many customers of classes A and B are probably lost, and what they bring."""
    if "p_alive" not in customers.column_names:
        return None
    valuable = pc.is_in(customers["abc_class"], pa.array(["A", "B"]))
    silent = pc.less(customers["p_alive"], pa.scalar(AT_RISK_BELOW))
    lost = customers.filter(pc.and_(valuable, silent))
    return {
        "below": AT_RISK_BELOW,
        "customers": lost.num_rows,
        "revenue_minor": int(pc.sum(lost["revenue_minor"]).as_py() or 0),
        "yearly_minor": int(_yearly(lost).sum()),
    }


def _yearly(customers: pa.Table) -> Floats:
    """Return each customer's revenue per year of its time with us, at least one year."""
    years = np.maximum(numbers(customers, "tenure_days") / 365.25, 1.0)
    return mean_of(numbers(customers, "revenue_minor"), years)


def _tested(tested: BackTest | Cannot) -> dict[str, Any] | None:
    if isinstance(tested, Cannot):
        return None
    found = tested.purchases
    rows = {"BG/NBD" if found.fitted.dropout else "NBD": found.model, "x / T": found.naive}
    return {
        "split": tested.split.isoformat(),
        "days": tested.days,
        "customers": found.model.n,
        "actual": found.model.actual,
        "errors": [{"model": name, **asdict(errors)} for name, errors in rows.items()],
        "level": found.level,
        "covered": found.covered,
        "groups": [asdict(group) for group in found.groups],
        "revenue_actual_minor": tested.revenue_actual_minor,
        "revenue_forecast_minor": tested.revenue_forecast_minor,
        "tracking": list(tested.tracking),
        "note": found.fitted.note,
    }
