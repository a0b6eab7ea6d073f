"""What becomes of an e-mail, decided on plain values.

Policy: colleagues among themselves, programs, and what the company's rules call private stay out;
what is skipped is told, with the reason.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mainstay.engine.letters import Address, Letter

CLOCKS_DIFFER = timedelta(minutes=10)
SHIPPED_MARKS = ("[private]", "[prywatne]", "[личное]", "[私人]")
# Everybody has an address there: they say nothing about where somebody works.
_PUBLIC = """
gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com
proton.me protonmail.com gmx.de gmx.net web.de t-online.de wp.pl o2.pl onet.pl
onet.eu interia.pl poczta.fm op.pl gazeta.pl mail.ru yandex.ru ya.ru bk.ru list.ru
inbox.ru rambler.ru qq.com 163.com 126.com sina.com foxmail.com
"""
PUBLIC_DOMAINS = frozenset(_PUBLIC.split())


@dataclass(frozen=True)
class Terms:
    """What is ours, and what is private."""

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    marks: tuple[str, ...] = SHIPPED_MARKS

    def is_ours(self, email: str) -> bool:
        return email in self.addresses or _within(email, self.domains)

    def is_private(self, letter: Letter) -> bool:
        subject = letter.subject.casefold()
        marked = any(mark.casefold() in subject for mark in self.marks)
        return marked or any(
            each.email in self.never or _within(each.email, self.never)
            for each in people_of(letter)
        )


@dataclass(frozen=True)
class Place:
    """Where a contact works or worked, as far as it matters for whose an e-mail is."""

    customer: int
    domains: frozenset[str]
    from_date: date | None
    to_date: date | None
    number: int


def people_of(letter: Letter) -> tuple[Address, ...]:
    """Return everybody in the e-mail, the sender first, each once."""
    found: dict[str, Address] = {}
    for each in (*filter(None, [letter.sender]), *letter.to, *letter.cc):
        found.setdefault(each.email, each)
    return tuple(found.values())


def outside(letter: Letter, terms: Terms) -> tuple[Address, ...]:
    return tuple(each for each in people_of(letter) if not terms.is_ours(each.email))


def why_skipped(letter: Letter, terms: Terms, now: datetime) -> str:
    """Return why the e-mail stays out, whoever took part; "" if nothing speaks against it."""
    ladder = (
        ("private", terms.is_private(letter)),
        ("bounce", bool(letter.failed)),
        ("report", letter.is_report),
        ("undated", letter.sent_at is None),
        ("future", letter.sent_at is not None and letter.sent_at > now + CLOCKS_DIFFER),
        ("automatic", letter.automatic),
        ("bulk", letter.bulk),
        ("colleagues", not outside(letter, terms)),
    )
    return next((why for why, holds in ladder if holds), "")


def place_for(places: Sequence[Place], email: str, others: Collection[int], day: date) -> int:
    """Return at which customer the person wrote or was written to.

    Of several places that held that day: the one with the address's own domain, else one where
    somebody else in the e-mail is, else the one begun last. If none held that day, the same is
    asked of all.
    """
    held = [each for each in places if _holds(each, day)] or list(places)
    domain = domain_of(email)
    ranked = sorted(
        held,
        key=lambda each: (
            domain not in each.domains or domain in PUBLIC_DOMAINS,
            each.customer not in others,
            -(each.from_date or date.min).toordinal(),
            -each.number,
        ),
    )
    return ranked[0].customer


def domain_of(text: str) -> str:
    """Return the domain of an address or a website, without www."""
    bare = text.strip().lower()
    bare = bare.partition("://")[2] or bare
    return bare.rpartition("@")[2].split("/")[0].split(":")[0].removeprefix("www.")


def thread_of(letter: Letter, known: dict[str, str]) -> str:
    """Return the exchange the e-mail belongs to: that of the latest known e-mail it answers, else
    the first one it names, else itself."""
    threads = (known[key] for key in reversed(letter.answers) if key in known)
    return next(threads, letter.answers[0] if letter.answers else letter.key)


def _holds(place: Place, day: date) -> bool:
    begun = place.from_date is None or place.from_date <= day
    return begun and (place.to_date is None or place.to_date >= day)


def _within(email: str, domains: Iterable[str]) -> bool:
    domain = domain_of(email)
    return any(domain == each or domain.endswith(f".{each}") for each in domains)
