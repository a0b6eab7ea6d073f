"""The page of a buying centre: the map, the people, what is missing and what to do about it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.account_plans import tabs
from mainstay.account_plans.workspace import presenters as workspace
from mainstay.account_plans.workspace.queries import Account
from mainstay.customers.talks.queries import names_of_ours
from mainstay.shared.templatetags.figures import day, number

from . import drawing, queries, words
from .forms import FACTOR_WORDS, INFLUENCE, SUPPORT

ALONE = 1


def state(account: Account, now: datetime) -> tabs.State:
    """Return how far this part of the plan has come."""
    found = queries.centre(account, now)
    n = len(found.members)
    known = ngettext("%(n)s person known", "%(n)s people known", n) % {"n": number(n)} if n else ""
    missing = [each["title"] for each in gaps(found)] if n else [_("nobody named yet")]
    if n and found.purchase is None:
        missing.append(_("complexity of the purchase not judged"))
    return tabs.State(known, missing)


def page(account: Account, now: datetime) -> dict[str, Any]:
    found = queries.centre(account, now)
    ours = {user for known in found.coverage.values() for user in known.ours}
    names = names_of_ours(ours) if ours else {}
    return workspace.page(account, tab="buying_centre") | {
        "map": picture(found),
        "people": [_person(found, row, names) for row in found.members],
        "gaps": gaps(found),
        "roles": _roles(found),
        "former": list(queries.former(account.pk)[:50]),
        "purchase": _purchase(found),
        "supports": [words.SUPPORT_NAMES[value] for value in (2, 1, 0, -1, -2)],
    }


def picture(found: queries.Centre) -> drawing.Map:
    """Return the map in numbers and words."""
    corners = drawing.standing(found.members)
    lines = [
        drawing.Line(
            "reporting",
            row.pk,
            row.reports_to_id,
            drawing.reporting(corners[row.pk], corners[row.reports_to_id]),
        )
        for row in found.members
        if row.reports_to_id in corners
    ]
    lines += [
        drawing.Line(
            "influence",
            each.source_id,
            each.target_id,
            drawing.influence(corners[each.source_id], corners[each.target_id]),
        )
        for each in found.influences
        if {each.source_id, each.target_id} <= corners.keys()
    ]
    cards = [_card(found, row, corners[row.pk]) for row in found.members]
    return drawing.Map(cards, lines, *drawing.size(list(corners.values())))


def _card(found: queries.Centre, row: Any, corner: tuple[int, int]) -> drawing.Card:
    roles = ", ".join(role_names(found, row))
    gone = not queries.is_known(row) or not found.is_here(row)
    name, position = row.name or _("somebody erased"), row.position
    support = "" if row.support is None else dict(SUPPORT)[row.support]
    told = [name, position, roles or _("no role"), str(support), _last(found, row)]
    return drawing.Card(
        row.pk,
        *corner,
        drawing.short(name),
        drawing.short(position, 28),
        drawing.short(roles or _("no role"), 28),
        row.support,
        row.influence,
        _last(found, row),
        gone,
        ", ".join(filter(None, told)),
    )


def role_names(found: queries.Centre, row: Any) -> list[str]:
    """Return the roles in words; one that was put away is kept under its key's last name."""
    known = {role.key: str(role.name) for role in found.roles}
    kept = {each.key: each.name for each in queries.archived_roles()} if row.roles else {}
    return [known.get(key) or kept.get(key, key) for key in row.roles]


def _last(found: queries.Centre, row: Any) -> str:
    if not queries.is_known(row):
        return _("contact deleted")
    if until := found.left_on(row):
        return _("left on %(day)s") % {"day": day(until)}
    known = found.coverage.get(row.contact_id)
    if known is None or known.latest is None:
        return _("never spoken with")
    days = (found.now - known.latest).days
    text = ngettext("%(n)s day ago", "%(n)s days ago", days)
    return text % {"n": number(days)}


def _person(found: queries.Centre, row: Any, names: dict[int, str]) -> dict[str, Any]:
    known = found.coverage.get(row.contact_id)
    bosses = found.by_number
    return {
        "row": row,
        "name": row.name or _("somebody erased"),
        "roles": role_names(found, row),
        "influence": dict(INFLUENCE).get(row.influence, ""),
        "support": dict(SUPPORT).get(row.support, ""),
        "tone": words.SUPPORT_TONES.get(row.support, "neutral"),
        "boss": bosses[row.reports_to_id].name if row.reports_to_id in bosses else "",
        "influences": [
            bosses[each.target_id].name
            for each in found.influences
            if each.source_id == row.pk and each.target_id in bosses
        ],
        "times": known.times if known else 0,
        "ours": sorted(names.get(user, "–") for user in known.ours) if known else [],
        "last": _last(found, row),
        "elsewhere": found.places(row),
        "is_gone": not queries.is_known(row) or not found.is_here(row),
    }


def gaps(found: queries.Centre) -> list[dict[str, Any]]:
    """Return each gap in words: what it is, whom it concerns, what to do next."""
    roles = {role.key: str(role.name) for role in found.roles}
    told: list[dict[str, Any]] = []
    nobody = [roles.get(f.role, f.role) for f in found.findings if f.kind == words.NOBODY]
    for each in found.findings:
        if each.kind != words.NOBODY:
            title, what = words.GAPS[each.kind]
            people = [found.by_number[pk].name or _("somebody erased") for pk in each.people]
            told.append(_gap(each.kind, str(title), str(what), people))
    if nobody and found.members:
        title, what = words.GAPS[words.NOBODY]
        told.append(_gap(words.NOBODY, str(title), str(what), nobody))
    return told


def _gap(kind: str, title: str, what: str, people: list[str]) -> dict[str, Any]:
    tone = words.TONES.get(kind, "warn")
    return {"kind": kind, "title": title, "what": what, "people": ", ".join(people), "tone": tone}


def _roles(found: queries.Centre) -> list[dict[str, Any]]:
    """Return the classic roles with who has them, by whatever name they were given."""
    return [
        {
            "role": role,
            "people": [
                row.name
                for row in found.members
                if any(found.classic_of.get(key) == role.classic for key in row.roles)
            ],
        }
        for role in found.roles
        if role.key == role.classic
    ]


def _purchase(found: queries.Centre) -> dict[str, Any]:
    given, complexity = found.purchase, found.complexity
    return {
        "given": given,
        "word": words.COMPLEXITY.get(complexity.word, _("not judged enough")),
        "value": number(complexity.value, 1) if complexity.value else "",
        "explain": {
            "method": _(
                "Mean of the judged factors from 1 to 5; frequency and standardisation count the"
                " other way round. Low up to 2.3, high from 3.7; five of eight must be judged."
            ),
            "n": _("%(n)s of %(of)s factors") % {"n": complexity.judged, "of": len(FACTOR_WORDS)},
            "as_of": day(given.at) if given else "",
        },
    }
