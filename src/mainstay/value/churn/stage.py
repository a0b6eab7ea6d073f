"""The losses of a run: found in the engine by the rule as it stands, stored beside the run."""

from datetime import date
from typing import Any

from mainstay.value import snapshots
from mainstay.value.models import LostCustomer
from mainstay.value.stage import Work

from . import queries
from .rules import RULE_FIELDS, rule_of

KEY = "churn"


def compute(work: Work, *, days: Any, margin: float) -> dict[str, Any]:
    """Store the losses and what they come to; return the headline for the run's summary."""
    from ibis import _

    stored = queries.rule()
    told: dict[str, Any] = {"rule": {name: getattr(stored, name) for name in RULE_FIELDS}}
    found = _spells(work, rule_of(stored), days, margin)
    if isinstance(found, str):
        told |= {"cannot": found}
        snapshots.keep_part(work.run, KEY, told)
        return {"cannot": found}
    spells, more = work.engine.keep(found[0]), found[1]
    told |= more | _counted(work, spells, stored.kind)
    lost = work.engine.run(spells.filter(_.lost_on.notnull()))
    told["gone"] = snapshots.store(LostCustomer, run=work.run, rows=lost)
    snapshots.keep_part(work.run, KEY, told)
    return {name: told["year"][name] for name in ("customers", "lost", "lost_minor")}


def _spells(work: Work, rule: Any, days: Any, margin: float) -> tuple[Any, dict[str, Any]] | str:
    """Return the spells by the rule, and what the rule took from the base; or why there are none.

    A reason is a key, which the page puts in words.
    """
    from mainstay.analysis.value import churn

    if rule.kind == "contract":
        rows = queries.contracts()
        if not rows.num_rows:
            return "no_contracts"
        contracts = work.engine.load(rows)
        as_of = work.run.as_of
        return churn.by_contract(contracts, rule=rule, as_of=as_of, margin=margin), {}
    occasions = work.engine.keep(churn.occasions(days, margin=margin))
    if rule.kind == "probability":
        customers = work.valued.customers
        if "p_alive" not in customers.column_names:
            return "no_model"
        alive = work.engine.load(customers.select(["customer_id", "p_alive"]))
        return churn.by_probability(occasions, alive, rule=rule), {}
    limits = work.engine.keep(churn.limits(occasions, rule=rule))
    usual = work.engine.run(churn.usual(limits)).to_pylist()[0]
    usual_days = usual["interval_days"] or float(rule.floor_days)
    told = {"usual_days": usual_days, "with_interval": usual["customers"]}
    spells = churn.by_silence(
        occasions, limits, usual_days=usual_days, rule=rule, as_of=work.run.as_of
    )
    return spells, told


def _counted(work: Work, spells: Any, kind: str) -> dict[str, Any]:
    from mainstay.analysis.value import churn_rates as rates

    as_of, run = work.run.as_of, work.engine.run
    back = run(rates.comebacks(spells)).to_pylist()[0]
    settle = {"contract": queries.rule().grace_days, "silence": back["days"] or 0}.get(kind, 0)
    months = rates.months(
        run(rates.of_months(spells)).to_pylist(),
        as_of=as_of,
        settle_days=settle,
        by_undecided=kind == "probability",
    )
    end = _end(months, as_of) if kind == "probability" else rates.whole_months_end(as_of)
    start = rates.year_before(end)
    year = run(rates.of_year(spells, start=start, end=end)).to_pylist()[0]
    here = run(rates.at_end(spells)).to_pylist()[0]
    return {
        "months": [{**vars(m), "month": m.month.isoformat()} for m in months],
        "settle_days": settle,
        "comebacks": back["n"],
        "year": {**year, "start": start.isoformat(), "end": end.isoformat()},
        "here": here,
    }


def _end(months: list[Any], as_of: date) -> date:
    """Return the first day of the first month that is provisional."""
    from mainstay.analysis.value.churn_rates import whole_months_end

    return next((m.month for m in months if m.provisional), whole_months_end(as_of))
