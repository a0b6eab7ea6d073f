"""Files of e-mails, what was skipped of them, and letters, in words and tables."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.customers.mail import actions, queries, rules
from mainstay.customers.mail.choices import OPEN, SECRET, Why
from mainstay.customers.mail.forms import ContactForm
from mainstay.people.permissions import can
from mainstay.people.queries import company
from mainstay.shared import paging, sheets
from mainstay.shared.attention import Point
from mainstay.shared.jobs import queries as jobs
from mainstay.shared.templatetags.figures import number

PAGE_SIZE = 50
TONES = {
    "waiting": "neutral", "running": "blue", "done": "green", "failed": "red",
    "cancelled": "neutral",
}  # fmt: skip
# What somebody can do something about comes in the colour that asks for it.
WHY_TONES = {"unknown": "amber", "bounce": "red", "malformed": "red", "too_large": "red",
             "refused": "red", "archived": "amber"}  # fmt: skip


def index(user: Any, given: Mapping[str, str]) -> dict[str, Any]:
    page, links = _page(queries.intakes(user), given, reverse("mail:index"), "-id")
    return {
        "lines": [
            (row, TONES[row.state], sum(row.counts.values()), row.mailbox) for row in page.rows
        ],
        "boxes": [(row, *_standing(row)) for row in queries.mailboxes(user)],
        "is_admin": can(user, "people.admin"),
        **links,
    }


def _standing(row: Any) -> tuple[str, Any]:
    """Return the tone and the word for how a mailbox does."""
    if row.paused:
        return "neutral", _("Paused")
    if row.works is None:
        return "blue", _("Not read yet")
    return ("green", _("Works")) if row.works else ("red", _("Cannot be read"))


def points(user: Any, now: datetime) -> list[Point]:
    """Return the mailboxes that cannot be read, for the start page of who can mend them."""
    if not can(user, "people.admin"):
        return []
    broken = [row for row in queries.mailboxes(user) if row.works is False and not row.paused]
    return [
        Point(
            _("The mailbox “%(name)s” cannot be read: %(why)s")
            % {"name": row.name, "why": row.result},
            reverse("mail:box", args=[row.pk]),
            "mail-warning",
            "red",
        )
        for row in broken
    ]


def one(user: Any, row: Any, given: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of one file or reading shows in its state."""
    running = row.state in OPEN and not actions.has_stopped(row)
    state = "failed" if row.state in OPEN and not running else row.state
    base = {
        "row": row,
        "state": state,
        "tone": TONES[state],
        "running": running,
        "job": jobs.find(str(row.job)) if row.job else None,
    }
    if running:
        return base
    why = given.get("why", "") if given.get("why", "") in Why.values else ""
    here = reverse("mail:detail", args=[row.pk])
    page, links = _page(queries.skips(row, why), given, f"{here}?why={why}", "id")
    reasons = [(key, Why(key).label, n) for key, n in sorted(row.counts.items(), key=_most_first)]
    return base | {
        "reasons": [(k, label, n, WHY_TONES.get(k, "neutral")) for k, label, n in reasons],
        "why": why,
        "skips": [_skip(user, each) for each in page.rows],
        "skipped": sum(row.counts.values()),
        "may_read_again": row.mailbox_id is None and row.files_deleted_at is None,
        "days": company().keep_import_days,
        **links,
    }


def _most_first(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _skip(user: Any, row: Any) -> dict[str, Any]:
    known = row.why == Why.UNKNOWN and row.email and can(user, "customers.edit")
    return {
        "row": row,
        "tone": WHY_TONES.get(row.why, "neutral"),
        "secret": row.why in SECRET,
        "url": reverse("mail:unknown", args=[row.pk]) if known else "",
    }


def _page(rows: Any, given: Mapping[str, str], here: str, order: str) -> tuple[Any, dict[str, str]]:
    try:
        page = paging.page(rows, order=(order,), size=PAGE_SIZE, cursor=given.get("cursor", ""))
    except paging.BadCursor:
        page = paging.page(rows, order=(order,), size=PAGE_SIZE)
    join = "&" if "?" in here else "?"
    return page, {
        "next_url": f"{here}{join}cursor={page.next}" if page.next else "",
        "previous_url": f"{here}{join}cursor={page.previous}" if page.previous else "",
    }


def skipped_list(row: Any) -> StreamingHttpResponse:
    """Send every skipped e-mail with its reason, as a table for spreadsheets."""
    heads = [_("Place in the file"), _("Why"), _("Name"), _("E-mail"), _("Subject"), _("Sent"),
             _("Particulars")]  # fmt: skip
    answer = StreamingHttpResponse(
        sheets.csv_lines(heads, _rows(row)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="skipped-{row.pk}.csv"'
    return answer


def _rows(row: Any) -> Iterator[list[Any]]:
    for each in queries.skips(row).iterator():
        why = each.get_why_display()
        yield [each.place, why, each.name, each.email, each.subject, each.sent_at, each.detail]


def told(row: Any) -> list[str]:
    """Return the result line by line, for the command line."""
    read = ngettext("%(n)s e-mail read", "%(n)s e-mails read", row.read) % {"n": number(row.read)}
    new = _("%(n)s new on timelines") % {"n": number(row.taken)}
    reasons = sorted(row.counts.items(), key=_most_first)
    return [read, new, *(f"{count:>9}  {Why(why).label}" for why, count in reasons)]


# -- an unknown person


def contact_form(user: Any, row: Any, data: Any) -> ContactForm:
    """Return the form that makes a contact of an unknown person, with what the e-mail tells."""
    domain = rules.domain_of(row.email)
    near = queries.at_domain(user, domain)
    own = "" if domain in rules.PUBLIC_DOMAINS else domain
    initial = {
        "name": row.name or row.email.partition("@")[0].replace(".", " ").title(),
        "email": row.email,
        "customer": near[0].name if near else own,
    }
    form = ContactForm(data, initial=initial, user=user)
    form.suggested = near  # type: ignore[attr-defined]
    return form


def made(contact: Any, row: Any) -> str:
    if row.intake.mailbox_id is None and row.intake.files_deleted_at is None:
        return _("Added %(name)s. The file is being read once more.") % {"name": contact}
    return _("Added %(name)s. The next e-mails go onto the timeline.") % {"name": contact}


# -- a letter on the page of its conversation

ROLES = ("from", "to", "cc")
LEFT_OUT = ("large", "many", "picture", "kind")


def letter(user: Any, talk: Any) -> dict[str, Any] | None:
    """Return what the page of a conversation shows beside, if it is an e-mail that was read."""
    row = queries.letter_of(talk)
    if row is None:
        return None
    return {
        "letter": row,
        "people": [
            (_role(role), [each for each in row.people if each["role"] == role])
            for role in ROLES
            if any(each["role"] == role for each in row.people)
        ],
        "local": _local_time(row, talk),
        "left_out": [(each, _why_left_out(each["why"])) for each in row.files if each["why"]],
        "thread": list(queries.same_thread(user, row)),
    }


def _role(role: str) -> str:
    return {"from": _("From"), "to": _("To"), "cc": _("Copy")}[role]


def _local_time(row: Any, talk: Any) -> str:
    """Say when it was for who wrote it, and how far that can be trusted."""
    if row.timed_by == "received":
        return _("It does not say when it was sent: this is when a server took it.")
    if row.timed_by == "box":
        return _("It does not say when it was sent: this is when it came into the mailbox.")
    if row.offset is None:
        return _("It does not say in which time zone it was sent; read as UTC.")
    zone = timezone.get_fixed_timezone(row.offset)
    at = talk.occurred_at.astimezone(zone)
    sign, minutes = "-" if row.offset < 0 else "+", abs(row.offset)
    when = date_format(at, "SHORT_DATETIME_FORMAT")
    return _("%(when)s (UTC%(offset)s) where it was written") % {
        "when": when, "offset": f"{sign}{minutes // 60:02d}:{minutes % 60:02d}",
    }  # fmt: skip


def _why_left_out(why: str) -> str:
    return {
        "large": _("larger than 20 MB"),
        "many": _("more than ten files"),
        "picture": _("a picture within the text"),
        "kind": _("of a kind that is not kept"),
    }.get(why, why)
