"""A port whose people write, and a way to have e-mails read as the job does it."""

from collections.abc import Callable
from typing import Any

import pytest

from mainstay.customers import actions as customers
from mainstay.customers.mail import actions, process, queries

Read = Callable[..., Any]


@pytest.fixture
def port(owner: Any, now: Any) -> Any:
    return customers.add_customer(
        by=owner, now=now, values={"name": "Port", "website": "https://www.port.example/"}
    )


@pytest.fixture
def ada(owner: Any, now: Any, port: Any) -> Any:
    values = {"name": "Ada Vogel", "email": "ada@port.example"}
    return customers.add_contact(by=owner, now=now, values=values, customer=port)


@pytest.fixture
def read(owner: Any, now: Any) -> Read:
    def _read(content: Any, *, by: Any = owner, at: Any = now) -> Any:
        plain = content if isinstance(content, bytes) else content.as_bytes()
        row = actions.keep(by=by, now=at, chunks=[plain], name="box.mbox")
        process.run(number=row.pk, now=at)
        return queries.intake(row.pk)

    return _read
