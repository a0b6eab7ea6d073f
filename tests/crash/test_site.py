"""The site itself is killed again and again while it imports, answers the API and takes forms.

MAINSTAY_KILLS sets how often (default 4 in a run of the suite).
"""

import json
import os
import random
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.conf import settings as django_settings
from django.db.models import Count, F, Sum
from django.test import Client as DjangoClient

from mainstay.customers.imports.actions import has_stopped
from mainstay.customers.imports.models import Import, State
from mainstay.customers.models import Customer
from mainstay.engine import mirror
from mainstay.orders import actions as orders
from mainstay.orders.models import MirrorDebt, Order, OrderLine
from mainstay.records.models import AuditEvent
from mainstay.shared.jobs.models import Job
from mainstay.shared.models import KeptAnswer
from tests.api import secret_of
from tests.crash.site import Client, Site, Unanswered, Visitor, browser_of, until_answered
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

KILLS = int(os.environ.get("MAINSTAY_KILLS", "4"))
BATCH = 20  # orders in one request
FILE = 400  # orders in one file, which is one transaction


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    site.close()


class Pusher:
    """Pushes batches of orders; one key until the answer comes."""

    def __init__(self, site: Site, user: Any) -> None:
        self.visitor = Visitor(site, {"Authorization": f"Bearer {secret_of(user)}"})
        self.told: dict[str, int] = {}
        self.replayed = 0

    def work(self, number: int) -> None:
        batch = {"source": "Pushed", "orders": [_order(number, place) for place in range(BATCH)]}
        key = f"batch-{number}"
        status, headers, body = until_answered(
            lambda: self.visitor.post_json("/api/v1/orders/batch", batch, key)
        )
        assert status in (200, 503), body  # 503: busy, send the same again
        if status == 200:
            self.told |= json.loads(body)["ids"]
            self.replayed += headers.get("Idempotent-Replayed") == "true"


def _order(number: int, place: int) -> dict[str, Any]:
    lines = [
        {"external_id": str(n), "quantity": 1, "amount_minor": 100 + place, "product": f"P{n}"}
        for n in range(2)
    ]
    return {
        "external_id": f"{number}-{place}",
        "ordered_at": f"2025-{1 + number % 12:02d}-05T10:00:00Z",
        "currency": "EUR",
        "lines": lines,
    }


class Clerk:
    """Adds customers by the form, each once; a name counts when the site has said yes."""

    def __init__(self, site: Site, session: str) -> None:
        self.visitor, self.token = browser_of(site, session)
        self.tried: set[str] = set()
        self.told: set[str] = set()

    def work(self, number: int) -> None:
        name = f"Clerk {number}"
        self.tried.add(name)
        try:
            status, _, body = self.visitor.post_form(
                "/customers/add/", self.token | {"kind": "organisation", "name": name}
            )
        except Unanswered:
            time.sleep(0.05)
            return
        assert status == 302, (status, body)
        self.told.add(name)


class Importer:
    """Uploads files of orders and starts them; a file whose answer is lost is uploaded again."""

    def __init__(self, site: Site, session: str) -> None:
        self.visitor, self.token = browser_of(site, session)
        self.files = 0
        self.told: list[int] = []

    def work(self, number: int) -> None:
        lines = [
            f"F{number}-{n};2025-03-{n % 28 + 1:02d};C{n % 50};{n},50"
            for n in range(FILE)
            for _ in range(2)
        ]
        content = "\n".join(["order;date;customer;amount", *lines]).encode()
        self.files = number + 1
        given = self.token | {"kind": "orders", "source": "Shop"}
        place = until_answered(
            lambda: self.visitor.post_file("/import/new/", given, "orders.csv", content)
        )
        assert place[0] == 302, place
        number_of_import = int(place[1]["location"].rstrip("/").rsplit("/", 1)[-1])
        until_answered(lambda: self.start(number_of_import))
        self.told.append(number_of_import)
        time.sleep(0.3)

    def start(self, number: int) -> None:
        status, _, body = self.visitor.post_form(f"/import/{number}/run/", self.token)
        assert status == 302, (status, body)


def test_the_site_is_killed_and_nothing_acknowledged_is_lost(
    site: Site, administrator: Any, manager: Any
) -> None:
    pusher, clerk = Pusher(site, manager), Clerk(site, _session(manager))
    importer = Importer(site, _session(UserFactory(role="administrator")))
    clients = [Client(each.work) for each in (pusher, clerk, importer)]
    for client in clients:
        client.start()

    chance = random.Random(secrets.randbits(32))
    for _kill in range(KILLS):
        site.start()
        _wait_for_work(clients, chance)
        site.kill()
        _nothing_is_half(importer)
    site.start()
    for client in clients:
        client.finish()
    _wait_for_imports(importer)
    site.kill()

    _all_that_was_pushed_is_there_once(pusher)
    _all_customers_are_there_once(clerk)
    _all_imports_are_whole(importer)
    _the_mirror_agrees()


def _session(user: Any) -> str:
    client = DjangoClient()
    client.force_login(user)
    return client.cookies[django_settings.SESSION_COOKIE_NAME].value


def _wait_for_work(clients: list[Client], chance: random.Random) -> None:
    """Let each client get something done, then a little more, so that kills fall anywhere."""
    before = [client.done for client in clients]
    for waited in count():
        for client in clients:
            client.check()
        if all(client.done > was for client, was in zip(clients, before, strict=True)):
            break
        assert waited < 1200, "the site does not come up again"
        time.sleep(0.05)
    time.sleep(chance.uniform(0, 1.2))


def _nothing_is_half(importer: Importer) -> None:
    """At the moment of a kill each file and each batch is in the database as a whole or not."""
    names = Order.objects.values_list("source__name", "external_id")
    parts = Counter((source, name.split("-")[0]) for source, name in names)
    assert {n for (source, _), n in parts.items() if source == "Shop"} <= {FILE}
    assert {n for (source, _), n in parts.items() if source == "Pushed"} <= {BATCH}


def _wait_for_imports(importer: Importer) -> None:
    """Wait for the jobs; one that was killed too often is started again, as its page offers."""
    for waited in count():
        open_jobs = Job.objects.open().exists()
        stopped = [
            row.pk
            for row in Import.objects.filter(pk__in=importer.told).exclude(state=State.DONE)
            if has_stopped(row)
        ]
        if not open_jobs and not stopped:
            break
        for number in stopped:
            importer.start(number)
        assert waited < 600, list(Import.objects.values("pk", "state", "reason"))
        time.sleep(0.1)


def _all_that_was_pushed_is_there_once(pusher: Pusher) -> None:
    found = dict(Order.objects.filter(source__name="Pushed").values_list("external_id", "pk"))
    assert pusher.told
    assert pusher.told.items() <= found.items()
    recorded = AuditEvent.objects.filter(verb="order.recorded").values_list("target_id", flat=True)
    assert Counter(map(int, recorded)) == Counter(found.values())
    assert not AuditEvent.objects.filter(verb="order.corrected").exists()
    assert KeptAnswer.objects.count() == len(found) // BATCH
    lines = OrderLine.objects.filter(order__source__name="Pushed")
    assert lines.count() == 2 * len(found)


def _all_customers_are_there_once(clerk: Clerk) -> None:
    names = Counter(
        Customer.objects.filter(name__startswith="Clerk ").values_list("name", flat=True)
    )
    assert clerk.told
    assert clerk.told <= set(names) <= clerk.tried
    assert set(names.values()) == {1}
    events = AuditEvent.objects.filter(
        verb="customer.added", target_label__startswith="Clerk "
    ).count()
    assert events == len(names)


def _all_imports_are_whole(importer: Importer) -> None:
    states = set(Import.objects.filter(pk__in=importer.told).values_list("state", flat=True))
    assert states == {State.DONE}
    imported = Order.objects.filter(source__name="Shop")
    assert imported.count() == importer.files * FILE
    worth = 2 * importer.files * sum(n * 100 + 50 for n in range(FILE))
    assert imported.aggregate(sum=Sum("amount_minor"))["sum"] == worth
    lines = OrderLine.objects.filter(order__source__name="Shop")
    assert lines.aggregate(sum=Sum("amount_minor"), n=Count("pk")) == {
        "sum": worth,
        "n": 2 * importer.files * FILE,
    }
    assert Customer.objects.filter(references__source__name="Shop").count() == 50


def _the_mirror_agrees() -> None:
    orders.pay()
    assert not MirrorDebt.objects.exists()
    folder = mirror.folder_of(django_settings.MIRROR_URL)
    held: Counter[int] = Counter()
    lines = 0
    for path in mirror.files(folder, "order_lines"):
        table = pq.read_table(path, columns=["order_id", "amount_minor"])
        lines += table.num_rows
        summed = table.group_by("order_id").aggregate([("amount_minor", "sum")]).to_pydict()
        held.update(dict(zip(summed["order_id"], summed["amount_minor_sum"], strict=True)))
    assert lines == OrderLine.objects.count()
    wanted = OrderLine.objects.values(order_number=F("order_id")).annotate(sum=Sum("amount_minor"))
    assert held == {row["order_number"]: row["sum"] for row in wanted}
