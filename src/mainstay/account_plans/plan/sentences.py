"""What a plan says by itself: sentences and tables, told from the facts."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.account_plans.action_plans.choices import Layer, Relation, Role
from mainstay.account_plans.action_plans.presenters import labels
from mainstay.account_plans.certainty.choices import Kind, Level
from mainstay.account_plans.certainty.presenters import effect_label
from mainstay.account_plans.library.choices import Topic
from mainstay.shared.templatetags.figures import day, money_round, number

from . import standing
from .facts import Facts

# A sentence with its key, or a table with its title.
Said = tuple[str, str]
Block = dict[str, Any]
SHOWN = 24  # actions in the plan itself; all stand in the annex


def assumptions(facts: Facts) -> Iterator[Said]:
    yield from _worth(facts)
    if facts.figures.get("current_gap", 0) > 0:
        text = _("It buys for %(gap)s a year elsewhere what we could deliver (current gap).")
        yield "gap", text % {"gap": _money(facts, "current_gap")}
    if facts.figures.get("future_gap"):
        text = _("By its market and its share of it, %(gap)s a year are to come (future gap).")
        yield "future", text % {"gap": _money(facts, "future_gap")}
    yield from standing.assumptions(facts)
    yield from _certainty(facts)
    yield from _strategy(facts)


def _worth(facts: Facts) -> Iterator[Said]:
    known = {"name": facts.account.customer.name}
    if "revenue" not in facts.figures:
        yield "worth", _("What %(name)s is worth is not computed yet.") % known
        return
    known |= {"revenue": _money(facts, "revenue"), "years": number(facts.figures.get("tenure"), 1)}
    text = _("%(name)s has bought for %(revenue)s in %(years)s years as our customer.")
    if facts.figures.get("clv", 0) > 0:
        text = _(
            "%(name)s has bought for %(revenue)s in %(years)s years as our customer; "
            "its lifetime value is put at %(clv)s."
        )
        known["clv"] = _money(facts, "clv")
    yield "worth", text % known


def _money(facts: Facts, name: str) -> str:
    return money_round(facts.figures[name], facts.currency)


def _certainty(facts: Facts) -> Iterator[Said]:
    words = {
        "keep": _("Certainty of %(kind)s is as wanted: it is to be kept."),
        "improve": _("Certainty of %(kind)s is below what is wanted: it is to be raised."),
        "loosen": _("Certainty of %(kind)s is above what is wanted: effort can go elsewhere."),
    }
    for kind, effect in facts.effects.items():
        if effect:
            yield f"certainty.{kind}", words[effect] % {"kind": Kind(kind).label.lower()}


def _strategy(facts: Facts) -> Iterator[Said]:
    row = facts.table.strategy
    price = facts.library.get(Topic.PRICE, {}).get(row.price) if row else None
    if row is None or price is None:
        return
    text = _("Our price strategy is “%(price)s”.") % {"price": price.name}
    ways = [
        item.name for key, item in facts.library.get(Topic.VALUE, {}).items() if key in row.ways
    ]
    if ways:
        text += " " + _("Value is delivered by: %(ways)s.") % {"ways": ", ".join(ways).lower()}
    yield "strategy", f"{text} {row.reason}".strip()


def goals(facts: Facts) -> Iterator[Said]:
    yield from standing.goals(facts)
    for offering, cells in facts.certainty.items():
        for cell in cells:
            if cell.effect == "improve":
                text = _("%(service)s: raise certainty of %(kind)s from %(now)s to %(wanted)s.")
                yield (
                    f"goal.{offering.pk}.{cell.kind}",
                    text
                    % {
                        "service": offering.name,
                        "kind": Kind(cell.kind).label.lower(),
                        "now": _level(cell.present).lower(),
                        "wanted": _level(cell.wanted).lower(),
                    },
                )
    if facts.figures.get("current_gap", 0) > 0:
        text = _("Win a part of the %(gap)s a year that it buys elsewhere; write here how much.")
        yield "goal.gap", text % {"gap": _money(facts, "current_gap")}
    done = facts.table.progress(facts.today)
    if done.all:
        text = ngettext(
            "Carry out %(n)s action; %(done)s done so far.",
            "Carry out %(n)s actions; %(done)s done so far.",
            done.all,
        )
        yield "goal.actions", text % {"n": number(done.all), "done": number(done.done)}


def people(facts: Facts) -> Iterator[Said]:
    leader = next((row for row in facts.team if row.leads), None)
    if leader is not None:
        known = {"name": leader.user.name, "role": leader.role}
        yield "leader", _("%(name)s (%(role)s) leads the work for this account.") % known
    else:
        yield "leader", _("Nobody leads the work for this account yet.")
    yield from standing.people(facts)


def programmes(facts: Facts) -> Iterator[Said]:
    row = facts.table.strategy
    form = facts.library.get(Topic.ORGANISATION, {}).get(row.organisation) if row else None
    if form is not None:
        yield "organisation", _("We are organised as: %(form)s.") % {"form": form.name.lower()}
    if not facts.table.all:
        yield "none", _("No action is planned yet.")


def resources(facts: Facts) -> Iterator[Said]:
    n = len(facts.team)
    text = ngettext("%(n)s of us works for this account.", "%(n)s of us work for this account.", n)
    yield "team", text % {"n": number(n)}
    found = facts.table.progress(facts.today)
    if found.late:
        text = ngettext(
            "Risk: %(n)s action is overdue.", "Risk: %(n)s actions are overdue.", found.late
        )
        yield "late", text % {"n": number(found.late)}
    alone = [row.person for row in facts.table.lines if row.ours_id is None]
    if alone:
        yield "alone", _("Risk: nobody of us answers to %(names)s.") % {"names": ", ".join(alone)}
    if len(facts.contacts) <= 1:
        yield "one_contact", _("Risk: we know one person there at most; if they leave, so do we.")
    low = [
        f"{offering.name} ({Kind(cell.kind).label.lower()})"
        for offering, cells in facts.certainty.items()
        for cell in cells
        if cell.present == Level.LOW
    ]
    if low:
        yield "low", _("Risk: certainty is low for %(what)s.") % {"what": ", ".join(low)}
    yield from standing.risks(facts)


def table(title: str, columns: list[str], rows: list[list[Any]]) -> list[Block]:
    """Return a table, or nothing where it has no rows."""
    told = [[str(cell) for cell in row] for row in rows]
    return [{"kind": "table", "title": title, "columns": columns, "rows": told}] if rows else []


def people_tables(facts: Facts) -> list[Block]:
    theirs = [
        [
            row.person,
            ", ".join(labels(row.roles, Role.choices)),
            row.goals,
            row.ours.name if row.ours else "–",
        ]
        for row in facts.table.lines
    ]
    ours = [[row.user.name, row.role, row.tasks] for row in facts.team]
    return [
        *table(_("Theirs"), [_("Person"), _("Role"), _("Goals"), _("Of us")], theirs),
        *table(_("Ours"), [_("Person"), _("Role"), _("Responsible for")], ours),
    ]


def programme_tables(facts: Facts) -> list[Block]:
    """Return the open actions, those of the account first."""
    found = []
    for layer in (Layer.STRATEGIC, Layer.OPERATIONAL, Layer.PERSON):
        rows = [row for row in facts.table.all if row.layer == layer and row.task.state == "open"]
        shown = [_action(row) for row in rows[:SHOWN]]
        columns = [_("Action"), _("For"), _("Who"), _("Until")]
        if layer != Layer.PERSON:
            shown, columns = [[r[0], *r[2:]] for r in shown], [columns[0], *columns[2:]]
        found += table(str(layer.label), columns, shown)
    return found


def _action(row: Any) -> list[str]:
    task = row.task
    who = task.assignee.name if task.assignee else "–"
    return [task.title, row.line.person if row.line else "–", who, day(task.due_date)]


def annexes(facts: Facts) -> list[dict[str, Any]]:
    """Return what stands apart: the customer, the analyses, the whole action table."""
    found = [
        {"title": _("The customer"), "blocks": _customer(facts)},
        {"title": _("The relationship"), "blocks": _relationship(facts)},
        {"title": _("The buying centre"), "blocks": _centre(facts)},
        {"title": _("Certainty by service"), "blocks": _matrix(facts)},
        {"title": _("The action table"), "blocks": _action_table(facts)},
    ]
    return [each for each in found if each["blocks"]]


def _customer(facts: Facts) -> list[Block]:
    row = facts.account.customer
    known = [
        [_("Name"), row.name],
        [_("Industry"), row.industry],
        [_("Place"), ", ".join(filter(None, (row.city, row.country)))],
        [_("Website"), row.website],
        [_("Looked after by"), row.owner.name if row.owner else ""],
        [_("The business"), row.description],
        [_("The relationship so far"), row.relationship],
    ]
    contacts = [[name, position or "–", email or "–"] for name, position, email in facts.contacts]
    columns = [_("Contact"), _("Position"), _("E-mail")]
    return [
        *table("", ["", ""], [each for each in known if each[1]]),
        *table(_("Contacts"), columns, contacts),
    ]


def _relationship(facts: Facts) -> list[Block]:
    columns = [_("Criterion"), _("Our side"), _("The customer")]
    return table("", columns, standing.relationship_rows(facts))


def _centre(facts: Facts) -> list[Block]:
    names = [_("Person"), _("Roles"), _("Goals"), _("Influence"), _("Support"), _("Reports to")]
    return table("", names, standing.centre_rows(facts))


def _level(value: int | None) -> str:
    return str(Level(value).label) if value else "–"


def _matrix(facts: Facts) -> list[Block]:
    rows = [
        [
            offering.name if cell is cells[0] else "",
            Kind(cell.kind).label,
            _level(cell.present),
            _level(cell.wanted),
            effect_label(cell.effect) or "–",
            cell.rating.evidence if cell.rating else "",
        ]
        for offering, cells in facts.certainty.items()
        for cell in cells
    ]
    names = [_("Service"), _("Certainty of"), _("Now"), _("Wanted"), _("Effect"), _("Evidence")]
    return table("", names, rows)


def _action_table(facts: Facts) -> list[Block]:
    tactics = facts.library.get(Topic.TACTIC, {})
    rows = [
        [
            "\n".join(filter(None, (row.person, row.goals))),
            "\n".join(tactics[key].name for key in row.tactics if key in tactics),
            "\n".join(labels(row.relations, Relation.choices)),
            row.ours.name if row.ours else "–",
            "\n".join(each.task.title for each in facts.table.of_line.get(row.pk, [])),
        ]
        for row in facts.table.lines
    ]
    names = [_("Role and goals"), _("Tactics"), _("Relations"), _("Our team"), _("Actions")]
    return table("", names, rows)
