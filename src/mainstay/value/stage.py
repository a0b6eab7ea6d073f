"""What a value run computes beside the value of each customer, a topic each.

A stage reads the run's order lines in the engine and the valued customers, stores rows of its own
for this run, and returns what the run's summary says under its key. Its rows are dropped when the
run starts again or ends without a result, and they are seen only once the run is published.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mainstay.value.models import ValueRun

if TYPE_CHECKING:
    from mainstay.analysis.valuation import Valuation
    from mainstay.engine import Engine


@dataclass(frozen=True)
class Work:
    """The run, the engine with its order lines in our customers' numbers, and the valuation."""

    run: ValueRun
    engine: "Engine"
    lines: Any
    valued: "Valuation"
    own: bool  # whether the lines are our mirror's, whose products and orders we know


@dataclass(frozen=True)
class Stage:
    """`compute(work)` stores the topic's rows and returns its part of the summary."""

    key: str
    title: Any
    compute: Callable[[Work], dict[str, Any] | None]
    tables: tuple[Any, ...] = ()  # models with a foreign key named run
