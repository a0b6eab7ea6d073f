"""What is known of customers for their stage; higher capabilities publish theirs in `ready()`.

A source returns a table of `customer_id` and any of `mainstay.analysis.value.stages.FACTS`, one row
per customer. Orders tell days of orders and contracts; a loyalty programme tells `member_from` and
`member_until`. What nobody tells is unknown, and the stages that need it stay empty.
"""

from collections.abc import Callable
from typing import Any

# From the thresholds in force to an Arrow table.
Source = Callable[[Any], Any]
_sources: dict[str, Source] = {}


def publish(key: str, source: Source) -> None:
    """Let `source(thresholds)` tell facts of customers for every computation of stages."""
    _sources[key] = source


def sources() -> tuple[Source, ...]:
    return tuple(_sources.values())
