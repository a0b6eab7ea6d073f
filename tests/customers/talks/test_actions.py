"""Who took part, who is told, what is kept: and for whom nothing of it exists."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mainstay.customers import timeline
from mainstay.customers.models import Interaction
from mainstay.customers.talks import actions, files, queries
from mainstay.shared import personal_data
from mainstay.shared.personal_data import Erasing, Subject
from tests.factories.customers import AffiliationFactory, CustomerFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]
CALL = {"channel": "call", "subject": "Spring prices"}


@pytest.fixture
def customer(owner: Any) -> Any:
    return CustomerFactory(name="Port", owner=owner, team=owner.team)


@pytest.fixture
def people(customer: Any) -> list[Any]:
    names = ("Ada", "Ben", "Cid")
    return [AffiliationFactory(customer=customer, contact__name=n).contact for n in names]


def told_on(user: Any, about: Any, **wish: Any) -> list[str]:
    entries, _next = timeline.page(user, about, None, timeline.Wish(**wish))
    return [entry.title for entry in entries if entry.source.startswith("talks")]


def test_all_who_took_part_have_it_on_their_timeline(
    owner: Any, colleague: Any, customer: Any, people: list[Any], now: Any
) -> None:
    ada, ben, cid = people
    row = actions.note(
        by=owner,
        now=now,
        customer=customer,
        values=CALL,
        contacts=[ada, ben],
        colleagues=[colleague],
    )

    assert queries.participants(row) == ([ada, ben], [owner, colleague])
    assert [told_on(owner, one) for one in (ada, ben, cid)] == [
        ["Spring prices"],
        ["Spring prices"],
        [],
    ]
    assert told_on(owner, customer, person=colleague.pk) == ["Spring prices"]
    assert told_on(owner, customer, channel="visit") == []

    actions.correct(
        by=owner,
        now=now,
        interaction=row,
        values={"occurred_at": now - timedelta(days=1)},
        contacts=[ben, cid],
        colleagues=[],
    )

    row.refresh_from_db()
    assert queries.participants(row) == ([ben, cid], [owner])
    assert set(row.participants.values_list("occurred_at", flat=True)) == {row.occurred_at}


def test_who_is_no_contact_there_cannot_take_part(owner: Any, customer: Any, now: Any) -> None:
    stray = AffiliationFactory().contact

    with pytest.raises(ValidationError, match="not a contact of this customer"):
        actions.note(by=owner, now=now, customer=customer, values=CALL, contacts=[stray])

    assert Interaction.objects.count() == 0


def test_a_mention_reaches_only_who_may_see_the_customer(
    owner: Any, colleague: Any, stranger: Any, customer: Any, now: Any
) -> None:
    text = "@Carl Colleague and @Stan Stranger should know; so do I, @Olga Owner"

    row = actions.note(by=owner, now=now, customer=customer, values=CALL | {"body": text})
    actions.correct(by=owner, now=now, interaction=row, values={"subject": "Prices"})

    assert [one.interaction for one in queries.unread(colleague, 9)] == [row]
    assert queries.unread(stranger, 9) == queries.unread(owner, 9) == []
    assert actions.untold(row) == ["Olga Owner", "Stan Stranger"]
    assert actions.read(by=colleague, now=now) == 1
    assert queries.unread(colleague, 9) == []


def test_words_are_found_on_a_timeline_in_any_spelling(
    owner: Any, customer: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        body = "Umowa z Łodzi" if number == 3 else "Anything else"
        at = {"occurred_at": now - timedelta(days=number), "body": body}
        actions.note(by=owner, now=now, customer=customer, values=CALL | at)
    monkeypatch.setattr(timeline, "SEARCHED_AT_ONCE", 5)

    assert told_on(owner, customer, words="lodzi umowa") == ["Spring prices"]
    assert told_on(owner, customer, words="gdynia") == []

    monkeypatch.setattr(timeline, "MOST_SEARCHED", 10)
    entries, following = timeline.page(owner, customer, None, timeline.Wish(words="gdynia"))
    assert entries == []
    assert following


def upload(name: str, content: bytes = b"%PDF-1.7") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_files_are_kept_for_who_may_see_the_customer_and_sent_as_downloads(
    owner: Any, colleague: Any, stranger: Any, customer: Any, now: Any, signed_in: SignedIn
) -> None:
    row = actions.note(by=owner, now=now, customer=customer, values=CALL)
    actions.attach(by=owner, now=now, interaction=row, uploads=[upload("../../Plan ö.pdf")])
    kept = row.attachments.get()
    url = f"/interactions/{row.pk}/files/{kept.pk}/"

    answer = signed_in(colleague).get(url)

    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert kept.name == "Plan ö.pdf"
    assert signed_in(stranger).get(url).status_code == 404
    assert (
        signed_in(colleague).get(f"/interactions/{row.pk + 1}/files/{kept.pk}/").status_code == 404
    )


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("run.exe", b"MZ", "not kept here"),
        ("page.html", b"<p>", "not kept"),
        ("a.pdf", b"", "empty"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_a_sentence(
    owner: Any, customer: Any, now: Any, name: str, content: bytes, says: str
) -> None:
    row = actions.note(by=owner, now=now, customer=customer, values=CALL)

    with pytest.raises(ValidationError, match=says):
        actions.attach(
            by=owner, now=now, interaction=row, uploads=[upload("fine.pdf"), upload(name, content)]
        )

    assert list(files.kept()) == []


@pytest.mark.django_db(transaction=True)
def test_files_go_with_the_customer_and_what_nobody_claims_goes_later(
    owner: Any, customer: Any, now: Any
) -> None:
    row = actions.note(by=owner, now=now, customer=customer, values=CALL)
    actions.attach(by=owner, now=now, interaction=row, uploads=[upload("a.pdf"), upload("b.pdf")])
    strayed = files.keep([b"x"])

    subject = Subject(customers=frozenset({customer.pk}))
    personal_data.erase_rows(Erasing(subject, (), None, now))

    assert [name for name, _at in files.kept()] == [strayed]
    later = now.fromtimestamp(files.path_of(strayed).stat().st_mtime, now.tzinfo)
    assert actions.forget_unclaimed(now=later) == 0
    assert actions.forget_unclaimed(now=later + timedelta(days=2)) == 1
