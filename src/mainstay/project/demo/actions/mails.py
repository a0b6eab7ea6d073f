"""Thirty e-mails in three languages, read from a file as a user's: some of them are skipped."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from mainstay.customers.mail import actions, process
from mainstay.customers.mail.actions import boxes
from mainstay.customers.models import Affiliation

EXCHANGES = 12
# Subject, what they write, what we answer, how their mail program quotes.
LETTERS = {
    "pl": (
        (
            "Termin dostawy zamówienia",
            "Dzień dobry,\n\nczy dostawa przyjdzie jeszcze w tym tygodniu? Kończy się nam papier.",
            "Dzień dobry,\n\nkurier jedzie jutro, paczki będą u Państwa w czwartek rano.",
            "W dniu {day} {who} napisał(a):",
        ),
        (
            "Prośba o nowy cennik",
            "Dzień dobry,\n\nproszę o cennik na przyszły kwartał, w tym rabaty od 500 sztuk.",
            "Dzień dobry,\n\ncennik w załączniku. Od 500 sztuk jest 4 % taniej, od 2000 – 7 %.",
            "W dniu {day} {who} pisze:",
        ),
    ),
    "de": (
        (
            "Rückfrage zur Rechnung",
            "Guten Tag,\n\nauf der letzten Rechnung fehlt unsere Bestellnummer.",
            "Guten Tag,\n\ndie Rechnung mit Bestellnummer hängt an. Verzeihen Sie die Mühe.",
            "Am {day} schrieb {who}:",
        ),
        (
            "Muster für die Messe",
            "Guten Tag,\n\nkönnten Sie uns bis zur Messe zwei Musterkartons schicken?",
            "Guten Tag,\n\ndie Muster gehen morgen heraus, ohne Berechnung. Viel Erfolg!",
            "Am {day} schrieb {who}:",
        ),
    ),
    "en": (
        (
            "Framework agreement for next year",
            "Hello,\n\nwe would like to fix prices for twelve months. Shall we speak next week?",
            "Hello,\n\nwith pleasure: Tuesday at ten? I bring a proposal with two steps of volume.",
            "On {day} {who} wrote:",
        ),
        (
            "One pallet arrived damaged",
            "Hello,\n\npallet 3 of 5 came with crushed corners. Pictures follow by phone.",
            "Hello,\n\nsorry to read this. A new pallet leaves today; please keep the old one.",
            "On {day} {who} wrote:",
        ),
    ),
}
COUNTRIES = {"PL": "pl", "DE": "de", "AT": "de"}
CENNIK = b"%PDF-1.4\n% price list of the demo company\n%%EOF\n"


def load(*, now: datetime) -> None:
    """Read a salesperson's folder of e-mails onto timelines, with a report of what was skipped."""
    rules = {"own_domains": ["kotwica.example"], "never": ["kancelaria.example"]}
    boxes.set_rules(by=None, now=now, values=rules | {"marks": ["[private]", "[prywatne]"]})
    places = list(_places())
    written = [each for n, place in enumerate(places) for each in _exchange(n, place, now)]
    content = b"".join(map(_in_mbox, [*written, *_skipped(places, now)]))
    row = actions.keep(by=None, now=now, chunks=[content], name="Sales folder.mbox")
    process.run(number=row.pk, now=now)


def _places() -> Iterator[Affiliation]:
    """Yield people with an address at customers that somebody looks after, of several countries."""
    rows = Affiliation.objects.filter(
        to_date=None, customer__archived_at=None, customer__owner__isnull=False
    ).exclude(contact__email="")
    chosen = rows.select_related("customer__owner", "contact").order_by("customer", "pk")
    seen: dict[int, Affiliation] = {}
    for place in chosen[: EXCHANGES * 8]:
        seen.setdefault(place.customer_id, place)
    by_language: dict[str, list[Affiliation]] = {name: [] for name in LETTERS}
    for place in seen.values():
        by_language[COUNTRIES.get(place.customer.country, "en")].append(place)
    for several in by_language.values():
        yield from several[: EXCHANGES // len(LETTERS)]


def _exchange(number: int, place: Affiliation, now: datetime) -> list[EmailMessage]:
    letters = LETTERS[COUNTRIES.get(place.customer.country, "en")]
    subject, asked, answered, quoting = letters[number % len(letters)]
    owner: Any = place.customer.owner
    them = f"{place.contact.name} <{place.contact.email}>"
    us = f"{owner.name} <{owner.email}>"
    at = now - timedelta(days=2 + 3 * number, hours=number % 5)
    first = _email(them, us, subject, at, asked, number=2 * number)
    heading = quoting.format(day=f"{at:%d.%m.%Y %H:%M}", who=place.contact.name)
    quoted = "\n".join(f"> {line}" for line in asked.split("\n"))
    text = f"{answered}\n\n{owner.name}\n\n{heading}\n{quoted}"
    later = at + timedelta(hours=3)
    second = _email(us, them, f"Re: {subject}", later, text, number=2 * number + 1)
    second["In-Reply-To"] = second["References"] = first["Message-ID"]
    if number % 3 == 0:
        name = f"price-list-{now:%Y-%m}.pdf"
        second.add_attachment(CENNIK, maintype="application", subtype="pdf", filename=name)
    return [first, second]


def _skipped(places: list[Affiliation], now: datetime) -> Iterator[EmailMessage]:
    """Yield what stays out: people nobody knows, programs, colleagues, what is private."""
    if not places:
        return
    us: Any = places[0].customer.owner
    them = places[0].contact
    domain = them.email.rpartition("@")[2]
    at = now - timedelta(days=1)
    yield _email(
        f"Zofia Lis <zofia.lis@{domain}>", us.email, "Order by phone", at, "Hello", number=90
    )
    yield _email(
        "Sam Bridge <sam@bridge.example>", us.email, "Do you deliver?", at, "Hello", number=91
    )
    news = _email("News <news@fair.example>", us.email, "The fair in May", at, "Come", number=92)
    news["List-Unsubscribe"] = "<https://fair.example/off>"
    yield news
    away = _email(them.email, us.email, "Out of office", at, "Back on Monday", number=93)
    away["Auto-Submitted"] = "auto-replied"
    yield away
    yield _email("office@kotwica.example", us.email, "Canteen", at, "Soup today", number=94)
    yield _email(them.email, us.email, "[private] Birthday", at, "Cake", number=95)


def _email(
    sender: str, to: str, subject: str, at: datetime, text: str, *, number: int
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<demo-{number}@kotwica.example>"
    message.set_content(text)
    return message


def _in_mbox(message: EmailMessage) -> bytes:
    return b"From demo Thu Jan  1 00:00:00 1970\n" + message.as_bytes() + b"\n"
