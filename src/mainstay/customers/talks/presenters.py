"""What the pages of conversations and the timelines show."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.customers import pages, timeline
from mainstay.customers.choices import Purpose
from mainstay.customers.talks import actions, extras, queries, words
from mainstay.customers.talks.forms import FilesForm, FilterForm, TalkForm
from mainstay.customers.talks.sources import ICONS
from mainstay.customers.todo import presenters as todo
from mainstay.people.permissions import can
from mainstay.records import queries as records
from mainstay.shared.attention import Point
from mainstay.shared.templatetags.figures import number

SHOWN = 50
HISTORY = 12
KILO = 1024
COUNTED = 50
NAMED = 3


def url(pk: int) -> str:
    return reverse("talks:page", args=[pk])


def page(user: Any, row: Any) -> dict[str, Any]:
    """Return the context of one conversation's page."""
    contacts, ours = queries.participants(row)
    may_edit = can(user, "interactions.edit")
    return {
        "talk": row,
        "complaint": row.purpose == Purpose.COMPLAINT,
        "icon": ICONS.get(row.channel, "message-square"),
        "text": SafeString(words.formatted(row.body)),
        "contacts": [(one, reverse("customers:contact", args=[one.pk])) for one in contacts],
        "ours": ours,
        "files": [(each, size(each.size)) for each in queries.attachments(row)],
        "files_form": FilesForm() if may_edit else None,
        "may_edit": may_edit,
        "customer_url": pages.url(row.customer_id),
        "lines": todo.lines_about(user, timezone.now(), interaction=row),
        "history": list(records.history_of(row)[:HISTORY]),
        "extras": extras.extras(user, row),
    }


def size(length: int) -> str:
    """Return a file's size as people read it."""
    if length < KILO * KILO:
        return f"{number(max(1, round(length / KILO)))} KB"
    return f"{number(length / KILO / KILO, 1)} MB"


def initial(row: Any) -> dict[str, Any]:
    contacts, ours = queries.participants(row)
    plain = {name: getattr(row, name, None) for name in TalkForm.base_fields}
    return plain | {
        "contacts": [one.pk for one in contacts],
        "colleagues": [one.pk for one in ours if one.pk != row.user_id],
    }


def offer_who_took_part(form: TalkForm, row: Any) -> None:
    """Let who took part be ticked even if they have left the customer since."""
    field: Any = form.fields["contacts"]
    contacts = [one.pk for one in queries.participants(row)[0]]
    field.queryset = queries.also(field.queryset, contacts)


def attached(form: forms.Form, **given: Any) -> bool:
    """Keep the files, or show the sentence that says why not."""
    try:
        actions.attach(now=timezone.now(), **given)
    except ValidationError as refusal:
        form.add_error("uploads", refusal.messages[0])
        return False
    return True


def settled(request: Any, row: Any, *, settled: bool) -> None:
    """Close the complaint or open it again, or tell why not."""
    try:
        actions.settle(by=request.user, now=timezone.now(), interaction=row, settled=settled)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])


def for_you(user: Any) -> dict[str, Any]:
    rows = list(queries.mentions(user)[:SHOWN])
    return {
        "mentions": [(row, excerpt(row.interaction.body)) for row in rows],
        "unread": any(row.read_at is None for row in rows),
    }


def points(user: Any, now: datetime) -> list[Point]:
    """Return who named the reader, for the start page."""
    if not can(user, "customers.view") or not (rows := queries.unread(user, COUNTED)):
        return []
    names = ", ".join(dict.fromkeys(str(row.made_by or _("somebody")) for row in rows[:NAMED]))
    text = ngettext(
        "%(names)s named you in a conversation.",
        "%(n)s conversations name you; the latest are by %(names)s.",
        len(rows),
    )
    counted = _("%(n)s or more") % {"n": COUNTED} if len(rows) >= COUNTED else number(len(rows))
    words = text % {"names": names, "n": counted}
    return [Point(words, reverse("talks:for_you"), "at-sign", "blue")]


def untold_sentences(row: Any) -> list[str]:
    """Return a warning when somebody is named who may not see the customer."""
    names = ", ".join(actions.untold(row))
    text = _("%(names)s may not see this customer, and is not told.")
    return [text % {"names": names}] if names else []


def excerpt(text: str, longest: int = 220) -> str:
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"


def stream(user: Any, about: Any, given: Mapping[str, str]) -> dict[str, Any]:
    """Return one page of the timeline of a customer or contact, and its filter."""
    form = FilterForm(given, kinds=timeline.kinds(about))
    chosen = form.cleaned_data if form.is_valid() else {}
    person = chosen.get("person")
    wish = timeline.Wish(
        kind=chosen.get("kind", ""),
        person=person.pk if person else None,
        channel=chosen.get("channel", ""),
        words=chosen.get("words", ""),
    )
    below = timeline.decoded(given.get("below", ""))
    entries, following = timeline.page(user, about, below, wish)
    return {
        "about": about,
        "entries": entries,
        "next": _next(given, following),
        "narrowed": wish != timeline.Wish(),
        "filter": form,
        **_addresses(about),
    }


def _addresses(about: Any) -> dict[str, str]:
    if about._meta.model_name == "contact":
        part = reverse("talks:of_contact", args=[about.pk])
        return {"part_url": part, "page_url": reverse("customers:contact", args=[about.pk])}
    whole = pages.url(about.pk)
    return {"part_url": f"{whole}timeline/", "page_url": whole}


def _next(given: Mapping[str, str], cursor: str) -> str:
    """Return the query of the next page, with the filter kept."""
    if not cursor:
        return ""
    query = QueryDict(mutable=True)
    for name in FilterForm.base_fields:
        if given.get(name):
            query[name] = given[name]
    query["below"] = cursor
    return query.urlencode()
