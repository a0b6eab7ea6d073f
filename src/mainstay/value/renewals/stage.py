"""The renewals of contracts in a value run, stored beside the run where there are contracts."""

from mainstay.value import snapshots
from mainstay.value.churn import queries
from mainstay.value.churn.rules import rule_of
from mainstay.value.stage import Work

KEY = "renewals"


def compute(work: Work) -> None:
    """Follow chains of contracts up to the run's day, and keep what the models say of them."""
    from mainstay.analysis.value import churn, renewing

    rows = queries.contracts()
    if not rows.num_rows:
        return
    rule, as_of = rule_of(queries.rule()), work.run.as_of
    contracts = work.engine.load(rows)
    chains = work.engine.keep(churn.contract_relations(contracts, rule=rule, as_of=as_of))
    counted = work.engine.run(renewing.counted(chains, as_of=as_of)).to_pydict()
    if not counted["n"]:
        return
    ends = work.engine.run(renewing.ending(chains, as_of=as_of)).to_pylist()
    told = {"grace_days": rule.grace_days, **renewing.found(counted, ends)}
    snapshots.keep_part(work.run, KEY, told)
