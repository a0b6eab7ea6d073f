"""What pages say about preferences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mainstay.customers import pages
from mainstay.customers import queries as customers
from mainstay.customers.forms import LANGUAGES
from mainstay.customers.preferences import measures, queries, rules
from mainstay.customers.preferences.forms import CHANNELS, RHYTHMS, PreferencesForm
from mainstay.people.permissions import can

WORDS: dict[str, dict[str, Any]] = {
    "channel": dict(CHANNELS),
    "rhythm": dict(RHYTHMS),
    "language": dict(LANGUAGES),
}
SHOWN = 40


@dataclass(frozen=True)
class Advice:
    """One sentence for whoever is about to get in touch."""

    text: str
    too_soon: bool


def words(answer: Any) -> str:
    """Return an answer as people read it."""
    known = WORDS.get(answer.question)
    if known is not None:
        return str(known.get(answer.value, answer.value)) if answer.value else ""
    return ", ".join(answer.value.splitlines())


def panel(user: Any, about: Any, now: datetime) -> dict[str, Any]:
    """Return what a customer's or contact's page shows of preferences and frequencies."""
    touches = queries.touches(user, about, now)
    answers = queries.answers(about)
    kind = queries.kind_of(about)
    return {
        "preferences": [
            (row.get_question_display(), words(row), row) for row in answers.values() if row.value
        ],
        "measures": [
            (_("In contact"), frequency(touches)),
            *(measures.of(user, about, now) if kind == "customer" else []),
        ],
        "advice": _advice("", {name: row.value for name, row in answers.items()}, touches),
        "preferences_url": reverse(f"preferences:{kind}", args=[about.pk]),
        "may_ask": can(user, "interactions.edit"),
    }


def frequency(touches: rules.Touches) -> str:
    """Return how often and how lately, in words with the number behind them."""
    if not touches.number:
        return _("not in the last 12 months")
    text = ngettext("%(n)d time in 12 months", "%(n)d times in 12 months", touches.number) % {
        "n": touches.number
    }
    if touches.every_days:
        text += _(", every %(days)d days on average") % {"days": touches.every_days}
    return f"{text}; {latest(touches)}"


def latest(touches: rules.Touches) -> str:
    days = touches.days_since
    if days is None:
        return _("no contact in 12 months")
    if days == 0:
        return _("last today")
    return ngettext("last %(n)d day ago", "last %(n)d days ago", days) % {"n": days}


def _advice(name: str, answers: dict[str, str], touches: rules.Touches) -> Advice | None:
    channel, rhythm = answers.get("channel", ""), answers.get("rhythm", "")
    if not channel and not rhythm:
        return None
    parts = []
    if channel:
        parts.append(
            _("prefers: %(channel)s") % {"channel": WORDS["channel"].get(channel, channel)}
        )
    parts.append(latest(touches))
    if rhythm:
        parts.append(_("wants: %(rhythm)s") % {"rhythm": WORDS["rhythm"].get(rhythm, rhythm)})
    text = "; ".join(parts)
    whole = pgettext("a person, and what they prefer", "%(name)s %(text)s")
    text = whole % {"name": f"{name}:", "text": text} if name else text[:1].upper() + text[1:]
    return Advice(text, rules.too_soon(rhythm, touches))


def advice(user: Any, customer: Any, contacts: list[Any], now: datetime) -> list[Advice]:
    """Return what to mind before getting in touch with a customer's people."""
    known: dict[int | None, dict[str, str]] = {}
    for row in queries.of_all(customer, [one.pk for one in contacts]):
        known.setdefault(row.contact_id, {})[row.question] = row.value
    found = []
    for about in [customer, *contacts]:
        number = None if about is customer else about.pk
        theirs = known.get(number, {})
        if theirs.get("channel") or theirs.get("rhythm"):
            name = "" if number is None else about.name
            found.append(_advice(name, theirs, queries.touches(user, about, now)))
    return [each for each in found if each is not None]


def advice_for(user: Any, customer: Any, now: datetime) -> list[Advice]:
    """Return what to mind before getting in touch with anybody of the customer."""
    return advice(user, customer, list(customers.contacts_at(customer)[:SHOWN]), now)


def page(user: Any, about: Any, form: PreferencesForm, now: datetime) -> dict[str, Any]:
    """Return the context of the page on which one of us notes preferences."""
    kind = queries.kind_of(about)
    back = (
        pages.url(about.pk) if kind == "customer" else reverse("customers:contact", args=[about.pk])
    )
    return panel(user, about, now) | {
        "about": about,
        "back": back,
        "form": form,
        "links": list(queries.links(about, now)),
        "history": [(row, words(row)) for row in queries.history(about)[:SHOWN]],
        "topics": queries.topics(),
    }


def initial(about: Any) -> dict[str, Any]:
    return {
        question: row.value if question in WORDS else ", ".join(row.value.splitlines())
        for question, row in queries.answers(about).items()
    }


def said(about: Any) -> dict[str, Any]:
    """Return what the public form begins with."""
    plain = initial(about)
    for name in ("wanted", "unwanted"):
        plain[name] = rules.choices(plain.get(name, ""))
    return {"language": getattr(about, "language", "")} | plain
