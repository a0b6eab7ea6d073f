"""Which e-mails come onto whose timeline, and why the others do not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mainstay.customers import actions as customers
from mainstay.customers.mail import queries
from mainstay.customers.mail.actions import boxes
from mainstay.customers.mail.models import Letter, Skipped
from mainstay.customers.models import Interaction
from mainstay.customers.quality.models import Bounce
from mainstay.customers.talks import queries as talks
from mainstay.shared import personal_data
from mainstay.shared.personal_data import Erasing, Subject
from tests.customers.mail.conftest import Read
from tests.factories.mails import email, mbox

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ada")]


def whys(row: Any) -> list[str]:
    return list(queries.skips(row).values_list("why", flat=True))


def test_an_email_comes_onto_the_timeline_with_all_it_holds(
    owner: Any, ada: Any, port: Any, read: Read
) -> None:
    message = email("Prices?\n\nOn 4 May 2026 Olga wrote:\n> Hello", to=owner.email)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="list.pdf")
    message.add_attachment(b"MZ", maintype="application", subtype="x-msdownload", filename="a.exe")

    row = read(message)

    said = Interaction.objects.get()
    assert (row.read, row.taken, row.counts) == (1, 1, {})
    assert (said.customer, said.contact, said.user) == (port, ada, owner)
    assert (said.channel, said.direction) == ("email", "in")
    assert (said.subject, said.body) == ("Spring prices", "Prices?")
    assert said.occurred_at.isoformat() == "2026-02-04T08:15:00+00:00"
    assert [each.name for each in said.attachments.all()] == ["list.pdf"]
    assert said.letter.offset == 120
    assert said.letter.quoted.endswith("> Hello")
    assert [(f["type"], f["why"]) for f in said.letter.files] == [
        ("application/pdf", ""),
        ("application/x-msdownload", "kind"),
    ]


def test_reading_it_again_changes_nothing(read: Read) -> None:
    bare = email("no id", message_id=None)
    read(mbox(email(), bare))

    row = read(mbox(email(received="by elsewhere.example"), bare))

    assert row.counts == {"duplicate": 2}
    assert Interaction.objects.count() == Letter.objects.count() == 2


def test_what_we_wrote_goes_out_and_belongs_to_the_thread(
    owner: Any, colleague: Any, ada: Any, read: Read
) -> None:
    answer = email(
        from_=owner.email, to="ada@port.example", cc=colleague.email, message_id="<2@us>",
        in_reply_to="<1@port.example>", date="Wed, 04 Feb 2026 12:00:00 +0200",
    )  # fmt: skip
    last = email(message_id="<3@port.example>", references="<1@port.example> <2@us>")

    read(mbox(last, answer, email()))

    out = Interaction.objects.get(direction="out")
    assert (out.user, out.contact) == (owner, ada)
    assert talks.participants(out)[1] == [owner, colleague]
    assert Letter.objects.values("thread").distinct().count() == 1


def test_each_reason_to_leave_one_out(owner: Any, colleague: Any, now: Any, read: Read) -> None:
    boxes.set_rules(
        by=None,
        now=now,
        values={"own_domains": ["us.example"], "never": ["law.example"], "marks": ["[private]"]},
    )
    late = (now + timedelta(days=2)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    wanted = {
        "unknown": email(from_="Who <who@else.example>"),
        "colleagues": email(from_=colleague.email, to=f"{owner.email}, shop@us.example"),
        "automatic": email(auto_submitted="auto-replied"),
        "bulk": email(list_unsubscribe="<https://x.example>"),
        "private": email(cc="max@law.example"),
        "future": email(date=late),
        "malformed": b"rubbish",
    }
    marked = email(subject="Re: [PRIVATE] me")

    row = read(mbox(*wanted.values(), marked))
    undated = read(email(date=None))

    assert whys(row) == [*wanted, "private"]
    assert row.counts["private"] == 2
    assert undated.counts == {"undated": 1}
    assert Interaction.objects.count() == 0
    for secret in Skipped.objects.filter(why__in=("private", "colleagues")):
        assert (secret.subject, secret.email, secret.name) == ("", "", "")


def test_a_person_at_several_belongs_to_the_one_of_the_address(
    owner: Any, now: Any, ada: Any, port: Any, read: Read
) -> None:
    club = customers.add_customer(by=owner, now=now, values={"name": "Rowing club"})
    customers.add_affiliation(by=owner, now=now, contact=ada, customer=club, values={})

    read(email())

    assert Interaction.objects.get().customer == port


def test_one_email_to_two_customers_is_on_both_timelines(
    owner: Any, now: Any, port: Any, read: Read
) -> None:
    bank = customers.add_customer(
        by=owner, now=now, values={"name": "Bank", "email": "office@bank.example"}
    )

    row = read(email(cc="office@bank.example"))

    assert row.taken == 2
    assert set(Interaction.objects.values_list("customer", flat=True)) == {port.pk, bank.pk}


def test_a_mail_that_came_back_is_noted_for_the_rules(read: Read) -> None:
    report = (
        b"From: MAILER-DAEMON@mx.example\nDate: Wed, 04 Feb 2026 10:15:00 +0000\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        b"Final-Recipient: rfc822; ada@port.example\nAction: failed\nStatus: 5.1.1\n\n"
        b"Final-Recipient: rfc822; nobody@far.example\nAction: failed\nStatus: 5.1.1\n--b--\n"
    )

    row = read(report)

    assert row.counts == {"bounce": 1}
    assert [each.email for each in Bounce.objects.all()] == ["ada@port.example"]


def test_restricted_customers_are_left_alone(port: Any, read: Read) -> None:
    port.restricted = True
    port.save()

    row = read(email())

    assert (row.taken, row.counts) == (0, {"restricted": 1})


def test_after_a_merge_the_email_is_known_still(
    owner: Any, now: Any, ada: Any, port: Any, read: Read
) -> None:
    from mainstay.customers.merging import actions as merging

    harbour = customers.add_customer(by=owner, now=now, values={"name": "Harbour"})
    read(email())

    wish = merging.Wish("customer", harbour.pk, (port.pk,))
    merging.merge(by=owner, now=now, wish=wish)
    row = read(email())

    assert row.counts == {"duplicate": 1}
    assert Interaction.objects.get().customer == harbour


def test_erasing_leaves_nothing_of_the_person(
    owner: Any, now: Any, ada: Any, port: Any, read: Read
) -> None:
    ben = customers.add_contact(
        by=owner, now=now, values={"name": "Ben Kraus", "email": "ben@port.example"}, customer=port
    )
    own = email("I am Ada Vogel\n\nOn 4 May 2026 Olga wrote:\n> Dear Ada Vogel", message_id="<o@x>")
    beside = email("Ada Vogel knows", from_="ben@port.example", cc="ada@port.example")
    other = email("Ask Ada Vogel", from_="Cid <cid@else.example>")
    read(mbox(own, beside, other))
    subject = Subject(contacts=frozenset({ada.pk}))
    words = personal_data.identifying_words(subject)

    erasing = Erasing(subject, words, owner, now)
    personal_data.erase_rows(erasing)
    personal_data.empty_places(erasing)

    left = str(list(Letter.objects.values())) + str(list(Skipped.objects.values()))
    left += str(list(Interaction.objects.values()))
    assert "Ada Vogel" not in left
    assert "ada@port.example" not in left
    assert Letter.objects.get().interaction.contact == ben


def test_a_report_is_told_to_whoever_read_it(
    signed_in: Callable[[Any], Client], owner: Any, read: Read
) -> None:
    row = read(email(from_="Who <who@else.example>", subject='=cmd|"x"'))
    page = signed_in(owner)

    told = page.get(f"/interactions/mail/{row.pk}/skipped/")

    lines = b"".join(told.streaming_content).decode()  # type: ignore[attr-defined]
    assert "who@else.example" in lines
    assert "'=cmd" in lines
