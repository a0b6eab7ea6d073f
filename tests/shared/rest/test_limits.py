"""The limit of requests holds over all processes, and most requests ask the database nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections

from mainstay.shared.models import RequestCount
from mainstay.shared.rest import limits

MOST = 50


@pytest.fixture(autouse=True)
def fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REQUESTS_PER_MINUTE", MOST)


def asked(number: int = 1) -> Any:
    return SimpleNamespace(auth=SimpleNamespace(pk=number))


@pytest.mark.django_db
def test_most_requests_cost_no_query(clock: Any, django_assert_num_queries: Any) -> None:
    process = limits.PerToken()

    with django_assert_num_queries(3):
        answers = [process.allow_request(asked()) for _each in range(MOST)]
    assert all(answers)
    with django_assert_num_queries(1):
        refused = [process.allow_request(asked()) for _each in range(100)]
    assert not any(refused)


@pytest.mark.django_db
def test_processes_share_the_limit_and_the_next_minute_is_fresh(clock: Any) -> None:
    first, second = limits.PerToken(), limits.PerToken()

    passed = sum(p.allow_request(asked()) for p in [first, second] * MOST)

    assert passed == MOST
    assert limits.PerToken().allow_request(asked(2)), "another token has its own"
    assert 0 < first.wait() <= 60
    clock.shift(timedelta(seconds=60))
    assert first.allow_request(asked())
    assert second.allow_request(asked())
    assert RequestCount.objects.count() == 2


@pytest.mark.crash
@pytest.mark.django_db(transaction=True)
def test_no_request_is_granted_twice_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_seconds", lambda: 600)

    def worker(_number: int) -> int:
        process = limits.PerToken()
        try:
            return sum(process.allow_request(asked()) for _each in range(MOST))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        passed = sum(pool.map(worker, range(6)))

    assert passed == MOST
