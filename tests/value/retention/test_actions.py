"""Old runs forget their customers; what pages need stays."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest

from mainstay.people.actions import change_company
from mainstay.records.models import AuditEvent
from mainstay.value.models import CustomerMove, CustomerValue, ValueRun
from mainstay.value.retention import actions
from tests.api import ApiClient
from tests.factories.value import NOW, buying_customers, computed_run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def module_runs(module_base: Any) -> list[ValueRun]:
    found = []
    with module_base():
        buying_customers(20)
        for days in (900, 100, 95, 0):
            run = computed_run()
            ValueRun.objects.filter(pk=run.pk).update(finished_at=NOW - timedelta(days=days))
            found.append(run)
    return found


@pytest.fixture
def runs(db: None, module_runs: list[ValueRun]) -> list[ValueRun]:
    """Four complete runs, done 900, 100, 95 and 0 days ago; the last is shown."""
    return deepcopy(module_runs)


def kept(runs: list[ValueRun]) -> list[bool]:
    return [CustomerValue.objects.filter(run=run).exists() for run in runs]


def test_runs_that_nobody_needs_forget_their_customers(runs: list[ValueRun]) -> None:
    assert actions.forget_old(now=NOW) == 1

    # 900 days: too old. 100 days: the last of its month. 95: what the shown run compares with.
    assert kept(runs) == [False, True, True, True]
    old = ValueRun.objects.get(pk=runs[0].pk)
    assert (old.forgotten_at, old.customer_count) == (NOW, 20)
    assert old.summary["n"] == 20
    assert not CustomerMove.objects.filter(run=old).exists()
    event = AuditEvent.objects.get(verb="value_run.forgotten")
    assert event.old == {"customers": 20, "kept_months": 24}
    assert actions.forget_old(now=NOW) == 0


def test_the_shown_run_and_the_one_before_it_stay_however_old(runs: list[ValueRun]) -> None:
    change_company(by=None, now=NOW, keep_run_months=1)

    actions.forget_old(now=NOW + timedelta(days=3650))

    assert kept(runs) == [False, False, True, True]


def test_a_job_that_was_killed_goes_on(
    runs: list[ValueRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_run: ValueRun) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions, "drop_customers", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.forget_old(now=NOW)
    assert kept(runs)[0]

    actions.forget_old(now=NOW)

    assert not kept(runs)[0]


def test_pages_and_api_say_so(runs: list[ValueRun], manager: Any, signed_in: Any) -> None:
    actions.forget_old(now=NOW)
    client, number = signed_in(manager), runs[0].pk

    assert "sums only" in client.get("/value/runs/").content.decode()
    assert "its sums stay" in client.get(f"/value/runs/{number}/").content.decode()
    answer = ApiClient(manager).get("/value/customers", run_id=number)
    assert answer.status_code == 404
    assert "was deleted" in answer.json()["detail"]
