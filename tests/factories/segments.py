"""Segments and rules for tests."""

from typing import Any

from mainstay.customers.segments import actions
from mainstay.customers.segments.models import Segment
from tests.conftest import NOW


def asks(field: str, op: str, value: Any = None, **more: Any) -> dict[str, Any]:
    """Return one condition as JSON."""
    given = {} if value is None else {"value": value}
    return {"field": field, "op": op, **given, **more}


def rule(*conditions: Any, match: str = "all") -> dict[str, Any]:
    return {"match": match, "rules": list(conditions)}


def live(by: Any, *conditions: Any, name: str = "Poles", **values: Any) -> Segment:
    """Return a live segment kept by somebody."""
    asked = conditions or (asks("customer.country", "is", ["PL"]),)
    given = {"name": name, "kind": "live", "definition": rule(*asked), **values}
    return actions.save_segment(by=by, now=NOW, values=given)


def fixed(by: Any, *customers: Any, name: str = "Fair of spring", **values: Any) -> Segment:
    """Return a fixed list with these customers on it."""
    given = {"name": name, "kind": "static", **values}
    segment = actions.save_segment(by=by, now=NOW, values=given)
    actions.add_members(by=by, now=NOW, segment=segment, ids=[each.pk for each in customers])
    return segment
