"""What moved between two valuations: classes, segments, risk, and the bridge of customer equity.

    equity now = equity before + new + grown − shrunk − lost − gone

Equity is the sum of lifetime values, so the parts add up exactly, in minor units.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

CLASSES = "ABC"  # best first
LOST_BELOW = 0.5  # P(alive) under which a customer is probably lost
COLUMNS = pa.schema(
    {
        "customer_id": pa.int64(),
        "abc_class": pa.string(),
        "segment": pa.string(),
        "p_alive": pa.float64(),
        "clv_minor": pa.int64(),
    }
)
PARTS = ("new", "grown", "shrunk", "lost", "gone")


@dataclass(frozen=True)
class Movements:
    """`moves` counts customers per class before and now; `bridge` is None without lifetime values.

    `movers` has a row per customer in both whose class, segment or risk changed: customer_id,
    class_steps (+1: C to B), segment_changed, risk (+1: newly at risk, −1: recovered, 0) and
    clv_change_minor.
    """

    moves: list[dict[str, Any]]
    came: int
    gone: int
    bridge: dict[str, dict[str, int]] | None
    movers: pa.Table


def compare(now: pa.Table, before: pa.Table) -> Movements:
    """Return what moved from one valuation to the next; both tables have `COLUMNS`."""
    tables = [
        table.append_column("there", pa.array(np.ones(table.num_rows, bool)))
        for table in (now, before)
    ]
    both = tables[0].join(
        tables[1], "customer_id", join_type="full outer", left_suffix="_now", right_suffix="_before"
    )
    return _movements(both, in_now=_there(both, "now"), in_before=_there(both, "before"))


def _there(both: pa.Table, which: str) -> Any:
    return both[f"there_{which}"].is_valid().to_numpy()


def _movements(both: pa.Table, *, in_now: Any, in_before: Any) -> Movements:
    stayed = in_now & in_before
    classes = {which: _text(both, f"abc_class_{which}") for which in ("before", "now")}
    risk = _at_risk(both, "now").astype(np.int8) - _at_risk(both, "before").astype(np.int8)
    steps = _place(classes["before"]) - _place(classes["now"])
    segment = _text(both, "segment_before") != _text(both, "segment_now")
    moved = stayed & ((steps != 0) | segment | (risk != 0))
    change = _amounts(both, "now") - _amounts(both, "before")
    movers = pa.table(
        {
            "customer_id": both["customer_id"].filter(pa.array(moved)),
            "class_steps": steps[moved].astype(np.int16),
            "segment_changed": segment[moved],
            "risk": risk[moved].astype(np.int16),
            "clv_change_minor": change[moved],
        }
    )
    return Movements(
        moves=_counted(classes["before"][stayed], classes["now"][stayed]),
        came=int((in_now & ~in_before).sum()),
        gone=int((in_before & ~in_now).sum()),
        bridge=_bridge(both, in_now, in_before, risk) if _has_values(both) else None,
        movers=movers,
    )


def _bridge(both: pa.Table, in_now: Any, in_before: Any, risk: Any) -> dict[str, dict[str, int]]:
    change = _amounts(both, "now") - _amounts(both, "before")
    stayed = in_now & in_before
    lost = stayed & (risk > 0)
    who = {
        "new": in_now & ~in_before,
        "grown": stayed & ~lost & (change > 0),
        "shrunk": stayed & ~lost & (change < 0),
        "lost": lost,
        "gone": in_before & ~in_now,
    }
    ends = {"before": _amounts(both, "before"), "now": _amounts(both, "now")}
    parts = {name: (change[mask], mask) for name, mask in who.items()}
    bridge = {n: {"customers": int(m.sum()), "minor": int(c.sum())} for n, (c, m) in parts.items()}
    shown = {"before": in_before, "now": in_now}
    return bridge | {
        name: {"customers": int(shown[name].sum()), "minor": int(amounts.sum())}
        for name, amounts in ends.items()
    }


def _counted(before: Any, now: Any) -> list[dict[str, Any]]:
    pairs, counts = np.unique(np.char.add(np.char.add(before, ">"), now), return_counts=True)
    ends = [str(pair).split(">") for pair in pairs]
    return [
        {"from": old, "to": new, "customers": int(n)}
        for (old, new), n in zip(ends, counts, strict=True)
    ]


def _has_values(both: pa.Table) -> bool:
    return all(both[f"clv_minor_{which}"].null_count < both.num_rows for which in ("now", "before"))


def _text(both: pa.Table, name: str) -> Any:
    return both[name].fill_null("").to_numpy(zero_copy_only=False).astype(str)


def _amounts(both: pa.Table, which: str) -> Any:
    return both[f"clv_minor_{which}"].fill_null(0).to_numpy()


def _at_risk(both: pa.Table, which: str) -> Any:
    return both[f"p_alive_{which}"].fill_null(1.0).to_numpy() < LOST_BELOW


def _place(classes: Any) -> Any:
    """Return 0 for class A, 1 for B, 2 for C; without a class as the last."""
    return np.select([classes == letter for letter in CLASSES], range(3), len(CLASSES) - 1)
