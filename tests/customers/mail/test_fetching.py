"""A mailbox on a real IMAP server is read, goes on where it was, and is never changed."""

from collections.abc import Iterator
from typing import Any

import pytest

from mainstay.customers.mail import fetching, queries
from mainstay.customers.mail.actions import boxes
from mainstay.customers.mail.models import Intake, Mailbox
from mainstay.customers.models import Interaction
from tests.customers.mail import imap_server
from tests.customers.mail.imap_server import SECRET, USER, Running
from tests.factories.mails import email

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ada")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with imap_server.running(tmp_path_factory.mktemp("imap")) as running:
        yield running


@pytest.fixture(autouse=True)
def near(settings: Any, server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    server.empty()
    settings.MAIL_NETWORKS = ["127.0.0.0/8", "::1/128"]
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))


def box(server: Running, now: Any, secret: str = SECRET, **values: Any) -> Mailbox:
    usual = {
        "name": "Sales", "host": "localhost", "port": server.tls_port, "security": "tls",
        "user": USER, "folders": ["INBOX"], "since": now.date(), "every_minutes": 10,
    }  # fmt: skip
    return boxes.save(by=None, now=now, values=usual | values, secret=secret)


def test_what_is_new_is_taken_once_and_nothing_is_marked(server: Running, now: Any) -> None:
    row = box(server, now)
    at = {"date": "Wed, 04 Feb 2026 10:15:00 +0100"}
    server.put(email(message_id="<f1@x>", **at).as_bytes())
    server.put(
        b"From: Who <who@else.example>\r\nDate: Wed, 04 Feb 2026 10:15:00 +0100\r\n\r\nFrom x"
    )

    fetching.run(number=row.pk, now=now)
    server.put(email("later", message_id="<f2@x>", **at).as_bytes())
    fetching.run(number=row.pk, now=now)
    fetching.run(number=row.pk, now=now)

    row.refresh_from_db()
    assert Interaction.objects.count() == 2
    assert [(each.read, each.taken, each.counts) for each in Intake.objects.order_by("pk")] == [
        (2, 1, {"unknown": 1}),
        (1, 1, {}),
    ]
    assert (row.works, row.taken, row.skipped) == (True, 2, 1)
    assert row.result == "0 new e-mails."
    assert server.seen() == 0


def test_when_the_folder_is_made_anew_nothing_comes_twice(server: Running, now: Any) -> None:
    row = box(server, now, security="starttls", port=server.port)
    server.put(email(message_id="<g1@x>").as_bytes())
    fetching.run(number=row.pk, now=now)
    row.refresh_from_db()
    before = Interaction.objects.count()

    row.places["INBOX"][0] += 1
    row.save()
    fetching.run(number=row.pk, now=now)

    assert Interaction.objects.count() == before > 0
    assert Intake.objects.latest("pk").counts["duplicate"] == before


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"secret": "wrong"}, "refuses this user or password"),
        ({"folders": ["Gesendet"]}, "There is no folder “Gesendet”. There are: INBOX."),
        ({"host": "127.0.0.1"}, "The certificate of 127.0.0.1 is not valid"),
        ({"port": 1}, "Nothing listens at localhost, port 1"),
        ({"security": "tls", "port": "plain"}, "No encrypted connection"),
        ({"host": "no.such.invalid"}, "There is no address behind the name"),
        ({"variable": "MAINSTAY_MAIL_NONE", "secret": ""}, "MAINSTAY_MAIL_NONE is not set"),
    ],
)
def test_each_failure_is_a_sentence(
    server: Running, now: Any, values: dict[str, Any], said: str
) -> None:
    if values.get("port") == "plain":
        values = values | {"port": server.port}
    row = box(server, now, **values)

    assert said in fetching.tried(row)

    fetching.run(number=row.pk, now=now)
    row.refresh_from_db()
    assert row.works is False
    assert said in row.result


def test_servers_of_the_own_network_are_not_asked_unless_named(
    server: Running, now: Any, settings: Any
) -> None:
    settings.MAIL_NETWORKS = []

    assert "not open to the internet" in fetching.tried(box(server, now))


def test_the_password_lies_encrypted_and_is_typed_anew_for_another_server(
    server: Running, now: Any
) -> None:
    row = box(server, now)

    assert SECRET not in str(Mailbox.objects.values())
    with pytest.raises(Exception, match="once more"):
        boxes.save(by=None, now=now, row=row, values={"host": "imap.evil.example"})
    assert queries.mailbox(row.pk).host == "localhost"  # type: ignore[union-attr]


def test_only_due_mailboxes_are_read_and_no_paused_ones(server: Running, now: Any) -> None:
    row = box(server, now)
    paused = box(server, now, name="Paused")
    boxes.pause(by=None, now=now, row=paused, paused=True)

    assert boxes.read_due(now=now) == 1
    assert boxes.read_due(now=now) == 0
    assert queries.mailbox(row.pk).job is not None  # type: ignore[union-attr]
