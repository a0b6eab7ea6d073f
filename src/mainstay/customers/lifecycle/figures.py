"""What the funnel page shows, worked out once for each computation."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from mainstay.analysis.value import funnel
from mainstay.analysis.value.funnel import Spell

MOST_CHANNELS = 50


def figures(bench: Any, changes: Any, known: Any, *, as_of: date, rules: Any) -> dict[str, Any]:
    """Return cohorts by stage, channel and quarter, and times in stage by channel, JSON-ready."""
    steps = bench.load(changes)
    steps = bench.keep(steps.mutate(day=steps.day.cast("date")))
    channels = bench.load(known).select("customer_id", "channel")
    window = {"as_of": as_of, "window_months": rules.window_months}
    cohorts = bench.run(funnel.cohorts(steps, channels, **window)).to_pylist()
    spells = bench.run(funnel.spells(steps, channels, as_of=as_of)).to_pylist()
    return {
        "cohorts": [row | {"quarter": row["quarter"].isoformat()} for row in cohorts],
        "times": {key: _times(found) for key, found in _by_channel(spells).items()},
    }


def _by_channel(rows: list[dict[str, Any]]) -> dict[str, list[Spell]]:
    """Return the spells of all customers under "", and of each channel under its number."""
    found: dict[str, list[Spell]] = defaultdict(list)
    for row in rows:
        spell = Spell(**row)
        found[""].append(spell)
        if spell.channel is not None:
            found[str(spell.channel)].append(spell)
    largest = sorted(found, key=lambda key: -sum(each.n for each in found[key]))
    return {key: found[key] for key in largest[: MOST_CHANNELS + 1]}


def _times(spells: Iterable[Spell]) -> list[dict[str, Any]]:
    return [vars(each) for each in funnel.times_in_stage(spells)]
