from typing import Any

import pytest

from mainstay.customers.custom_fields import actions


@pytest.fixture
def field(db: None, now: Any) -> Any:
    """Return what adds a field: field("Size", "choice", answers=["small", "large"])."""

    def made(label: str, type: str, of: str = "customer", **values: Any) -> Any:
        given = {"subject": of, "type": type, "label": label} | values
        return actions.add_field(by=None, now=now, values=given)

    return made
