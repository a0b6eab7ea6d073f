"""Custom fields on pages: facts about a record, and the pages that manage them."""

from typing import Any, NamedTuple

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mainstay.people import queries as people

from . import actions, queries, words
from .labels import SUBJECTS, TYPES
from .rules import LIMITED, Subject, Type

ICONS = {
    Type.TEXT: "type",
    Type.LONG_TEXT: "text-initial",
    Type.WHOLE: "hash",
    Type.DECIMAL: "percent",
    Type.MONEY: "banknote",
    Type.YES_NO: "toggle-left",
    Type.DAY: "calendar",
    Type.MOMENT: "clock",
    Type.CHOICE: "list",
    Type.CHOICES: "list-checks",
    Type.USER: "user",
    Type.URL: "link",
    Type.EMAIL: "mail",
}
EXAMPLES: dict[Type, StrOrPromise] = {
    Type.TEXT: gettext_lazy("a code, a name, a place"),
    Type.LONG_TEXT: gettext_lazy("several lines, for reading only"),
    Type.WHOLE: gettext_lazy("employees, sites, machines"),
    Type.DECIMAL: gettext_lazy("a discount, a distance, a score"),
    Type.MONEY: gettext_lazy("a budget or a credit limit, in one currency"),
    Type.YES_NO: gettext_lazy("an answer that is true or not"),
    Type.DAY: gettext_lazy("a contract's end, a birthday"),
    Type.MOMENT: gettext_lazy("the next appointment, to the minute"),
    Type.CHOICE: gettext_lazy("a size, a region, a grade"),
    Type.CHOICES: gettext_lazy("interests, certificates, products used"),
    Type.USER: gettext_lazy("who else looks after it"),
    Type.URL: gettext_lazy("a profile, a folder, a page"),
    Type.EMAIL: gettext_lazy("where invoices go"),
}
LABELS = dict(TYPES)


class Fact(NamedTuple):
    """A field with what stands in it; `url` is set for web and mail addresses."""

    label: str
    text: str
    url: str


class Group(NamedTuple):
    name: str
    facts: list[Fact]


def facts(user: Any, subject: str, number: int) -> list[Group]:
    """Return what stands in the fields the user may see, by group; empty fields are left out."""
    fields = queries.visible(user, subject)
    standing = queries.values_of(subject, [number], fields).get(number, {})
    groups: dict[str, list[Fact]] = {}
    for field in fields:
        if text := words.shown(field, standing.get(field.key)):
            groups.setdefault(field.group, []).append(Fact(field.label, text, _url(field, text)))
    return [Group(name, found) for name, found in groups.items()]


def _url(field: Any, text: str) -> str:
    return {Type.URL: text, Type.EMAIL: f"mailto:{text}"}.get(field.type, "")


def list_url(of: str) -> str:
    return f"{reverse('custom_fields:index')}?of={of}"


def index(of: str) -> dict[str, Any]:
    """Return the fields of customers or contacts: in use by group, and those put away."""
    chosen = of if of in set(Subject) else Subject.CUSTOMER
    rows = [each for each in queries.every() if each.subject == chosen]
    roles = dict(people.role_choices())
    lines = [_line(each, roles) for each in rows]
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        if line["field"].archived_at is None:
            groups.setdefault(line["field"].group, []).append(line)
    return {
        "of": chosen,
        "subjects": [(key, label, list_url(key)) for key, label in SUBJECTS],
        "groups": groups.items(),
        "archived": [line for line in lines if line["field"].archived_at],
    }


def _line(field: Any, roles: dict[str, Any]) -> dict[str, Any]:
    kind = Type(field.type)
    return {
        "field": field,
        "icon": ICONS[kind],
        "type": LABELS[kind],
        "detail": _detail(field),
        "seen_by": ", ".join(str(roles[each]) for each in field.seen_by if each in roles),
    }


def _detail(field: Any) -> str:
    """Say in a few words what fits into the field."""
    answers = [each.label for each in queries.answers(field)]
    if answers:
        return ", ".join(answers[:6]) + (" …" if len(answers) > 6 else "")  # noqa: PLR2004
    if field.type in LIMITED and (field.low or field.high):
        return f"{field.low or '…'} – {field.high or '…'} {field.currency}".strip()
    return str(field.currency)


def adding(of: str, kind: str) -> dict[str, Any]:
    """Return what the pages of a new field show; raise Http404 for what cannot be one."""
    if of not in set(Subject) or (kind and kind not in set(Type)):
        raise Http404(_("There is no such field."))
    types = [
        {"key": each, "label": LABELS[each], "icon": ICONS[each], "example": EXAMPLES[each]}
        for each in Type
    ]
    return {
        "of": of,
        "of_label": dict(SUBJECTS)[Subject(of)],
        "types": types,
        "type": kind,
        "type_label": LABELS.get(Type(kind)) if kind else "",
        "back": list_url(of),
    }


def editing(field: Any) -> dict[str, Any]:
    """Return what the page of a field shows beside its form."""
    possible = actions.possible(field)
    filled = queries.count_filled(field)
    return adding(field.subject, field.type) | {
        "field": field,
        "filled": filled,
        "possible": [{"key": each, "label": LABELS[each]} for each in possible],
    }


def converting(field: Any, to: str) -> dict[str, Any]:
    """Return what changing the type would do; raise ValidationError for one that cannot be."""
    preview = actions.preview(field, to)
    return {
        "field": field,
        "preview": preview,
        "from_label": LABELS[Type(field.type)],
        "to_label": LABELS[Type(to)],
        "back": reverse("custom_fields:edit", args=[field.pk]),
    }
