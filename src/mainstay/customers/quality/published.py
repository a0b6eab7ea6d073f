"""What higher capabilities know of customers that rules ask for: `publish` in `apps.ready()`.

A source is given the numbers of some customers and returns what it knows of them.
"""

from collections.abc import Callable

Classes = Callable[[list[int]], dict[int, str]]
_classes: list[Classes] = []
_findings: dict[str, Classes] = {}


def publish_classes(source: Classes) -> None:
    """Let `source(ids)` name the value class of customers: {7: "A"}."""
    _classes[:] = [source]


def publish_findings(rule: str, source: Classes) -> None:
    """Let `source(ids)` name what it found at customers, as a finding of the rule."""
    _findings[rule] = source


def classes(ids: list[int]) -> dict[int, str]:
    return {pk: name for source in _classes for pk, name in source(ids).items()}


def findings(ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    """Return what was found by others: {customer: [(rule, detail)]}."""
    found: dict[int, list[tuple[str, str]]] = {}
    for rule, source in _findings.items():
        for pk, detail in source(ids).items():
            found.setdefault(pk, []).append((rule, detail))
    return found
