"""What the pages of personal data show."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mainstay.customers import pages
from mainstay.customers.cards import Card
from mainstay.people.permissions import can
from mainstay.shared import personal_data
from mainstay.shared.jobs import queries as jobs
from mainstay.shared.personal_data import Personal, Way

from . import forms, queries
from .choices import CaseKind, CaseState, ConsentChannel, Standing

TONES = {
    "given": "green",
    "waiting": "amber",
    "withdrawn": "red",
    "expired": "neutral",
    "never": "neutral",
}
CASE_TONES = {
    CaseState.RECEIVED: "blue",
    CaseState.CHECKED: "blue",
    CaseState.RUNNING: "amber",
    CaseState.DONE: "green",
    CaseState.REFUSED: "neutral",
}
MOST_CASES = 200
SOON_DAYS = 7


def cases(user: Any, *, done: bool) -> dict[str, Any]:
    today = timezone.localdate()
    rows = [_line(case, today) for case in queries.cases_listed(user, done=done)[:MOST_CASES]]
    return {"lines": rows, "done": done, "late": queries.late(user, today=today)}


def _line(case: Any, today: Any) -> dict[str, Any]:
    left = (case.due_on - today).days
    return {
        "case": case,
        "tone": CASE_TONES[case.state],
        "left": left,
        "urgency": "red" if left < 0 else "amber" if left <= SOON_DAYS else "neutral",
    }


def case(user: Any, row: Any, form: Any = None) -> dict[str, Any]:
    """Return a case with the one step that comes next."""
    today, job = timezone.localdate(), jobs.find(row.job_id) if row.job_id else None
    return {
        **_line(row, today),
        "job": job if row.state == CaseState.RUNNING and job is not None else None,
        "stopped": queries.has_stopped(row),
        "identity": form or forms.IdentityForm(),
        "because": forms.BecauseForm(),
        "erases": row.kind == CaseKind.ERASURE,
        "package": queries.package_of(row, now=timezone.now()),
        "person_url": _person_url(user, row),
        "blocked": queries.suppressions_of(row),
    }


def _person_url(user: Any, row: Any) -> str:
    kind, pk = ("customer", row.customer_id) if row.customer_id else ("contact", row.contact_id)
    known = queries.person(user, kind, pk)
    return reverse("privacy:person", args=[kind, pk]) if known is not None else ""


def person(user: Any, row: Any, form: Any = None, case_form: Any = None) -> dict[str, Any]:
    """Return what a person agreed to, may be used for and has asked."""
    today, kind = timezone.localdate(), row._meta.model_name
    known = queries.standings(row, today=today)
    link = queries.open_link(row)
    return {
        "person": row,
        "kind": kind,
        "back": pages.url(row.pk) if kind == "customer" else _contact_url(row.pk),
        "standings": [_standing(purpose, known) for purpose in queries.purposes()],
        "ledger": queries.steps(row),
        "link": _address(link) if link else "",
        "cases": [_line(case, today) for case in queries.cases_about(user, row)],
        "form": form or forms.ConsentForm(),
        "case_form": case_form or forms.CaseForm(initial={"received_on": today}),
        "may_note": can(user, "interactions.edit"),
        "may_decide": can(user, "privacy.admin"),
    }


def _contact_url(pk: int) -> str:
    return reverse("customers:contact", args=[pk])


def _address(link: Any) -> str:
    return reverse("privacy:choices", args=[queries.token_of(link)])


def _standing(purpose: Any, known: dict[tuple[int, str], str]) -> dict[str, Any]:
    """Return a purpose with what holds by channel; service and contracts need no consent."""
    channels = [
        {
            "channel": ConsentChannel(channel).label,
            "label": Standing(what).label,
            "tone": TONES[what],
        }
        for (number, channel), what in sorted(known.items())
        if number == purpose.pk
    ]
    return {"purpose": purpose, "basis": purpose.get_basis_display(), "channels": channels}


def choices(link: Any) -> dict[str, Any]:
    """Return the person's own page: each purpose in the words that ask for it."""
    person = link.contact or link.customer
    known = queries.standings(person, today=timezone.localdate())
    words = queries.latest_wordings(get_language() or "en")
    rows: list[dict[str, Any]] = []
    for purpose in queries.purposes():
        found = [what for (number, _channel), what in known.items() if number == purpose.pk]
        rows.append(
            {
                "purpose": purpose,
                "text": words[purpose.pk].text if purpose.pk in words else purpose.description,
                "agrees": "given" in found and "withdrawn" not in found,
                "waits": "waiting" in found,
            }
        )
    asked = [row for row in rows if not row["purpose"].is_service]
    return {"person": person, "asked": asked, "needed": [r for r in rows if r not in asked]}


def register() -> dict[str, Any]:
    """Return the register of personal data as tables for people."""
    return {
        "entries": [_entry(entry) for entry in reversed(personal_data.entries())],
        "places": personal_data.places(),
        "others": [
            {"label": _model_name(entry), "because": entry.because}
            for entry in personal_data.impersonal()
        ],
    }


def _entry(entry: Personal) -> dict[str, Any]:
    fields = [personal_data.label_of(entry, name) for name in personal_data.columns_of(entry)]
    return {
        "label": entry.label,
        "fields": ", ".join(dict.fromkeys(fields)) if not entry.by_words_only else "",
        "tone": {Way.DELETE: "green", Way.BLANK: "amber", Way.KEEP: "neutral"}[entry.erasure.way],
        "way": _way(entry.erasure.way),
        "because": entry.erasure.because,
    }


def _way(way: Way) -> str:
    match way:
        case Way.DELETE:
            return _("Deleted")
        case Way.BLANK:
            return _("Stays without the person")
        case Way.KEEP:
            return _("Stays")


def _model_name(entry: Any) -> str:
    return str(personal_data.model_of(entry)._meta.verbose_name)


def restriction_card(user: Any, customer: Any) -> Card | None:
    """Return the notice on a customer whose data may hardly be used."""
    return Card("privacy/restricted.html") if customer.restricted else None


def offered(purpose: Any) -> dict[str, Any]:
    """Return the values of a purpose for its form."""
    return {name: getattr(purpose, name) for name in forms.PurposeForm.base_fields}
