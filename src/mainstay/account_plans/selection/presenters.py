"""The pages of a selection: its steps, what each still lacks, and the ranking explained."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.people.permissions import can
from mainstay.people.queries import company
from mainstay.shared.templatetags.figures import money_round, number, percent
from mainstay.value.queries import current_run

from . import queries
from .choices import Measure, Nature
from .forms import CriterionForm, JudgementForm, RatingForm, SelectionForm, SettingsForm

WHOLE = 1.0
CLOSE = 0.0005


@dataclass(frozen=True)
class Step:
    """One step of the way, and what is missing there."""

    label: str
    url: str
    wanting: str
    current: bool


def index(user: Any, form: SelectionForm | None = None) -> dict[str, Any]:
    return {
        "selections": queries.selections(),
        "accounts": queries.key_accounts(user),
        "form": form or SelectionForm(),
        "may_edit": can(user, "accounts.edit"),
    }


def page(selection: Any, user: Any, *, step: str) -> dict[str, Any]:
    """Return what every step shows."""
    found = queries.ranked(selection, user)
    return {
        "selection": selection,
        "found": found,
        "steps": _steps(found, step),
        "may_edit": can(user, "accounts.edit"),
        "weights": _weights(found),
        "hidden": queries.hidden_candidates(selection, user),
    }


def _steps(found: queries.Ranked, current: str) -> list[Step]:
    unrated = sum(1 for n in found.numbers if found.missing(n))
    wanting = {
        "selection": _weights(found)["wanting"],
        "candidates": "" if found.names else _("no candidates yet"),
        "ratings": _incomplete(unrated) if unrated else "",
        "ranking": "" if found.names and found.weighing else _("nothing to rank yet"),
    }
    labels = {
        "selection": _("Criteria"),
        "candidates": _("Candidates"),
        "ratings": _("Ratings"),
        "ranking": _("Ranking"),
    }
    return [
        Step(
            labels[key], reverse(f"accounts:{key}", args=[found.selection.pk]), lack, key == current
        )
        for key, lack in wanting.items()
    ]


def _incomplete(n: int) -> str:
    text = ngettext("%(n)s candidate incomplete", "%(n)s candidates incomplete", n)
    return text % {"n": number(n)}


def _weights(found: queries.Ranked) -> dict[str, Any]:
    whole = sum(each.weight for each in found.weighing)
    fits = abs(whole - WHOLE) < CLOSE
    said = _("The weights add up to %(sum)s.") % {"sum": percent(whole, 1)}
    if not fits:
        said += " " + _("They are used as they are and not rescaled.")
    lack = "" if fits else _("weights add up to %(sum)s") % {"sum": percent(whole)}
    return {"sum": whole, "fits": fits, "said": said, "wanting": lack}


def criteria(
    selection: Any, user: Any, *, form: Any = None, settings: Any = None, edited: Any = None
) -> dict[str, Any]:
    shown = page(selection, user, step="selection")
    weighing = shown["found"].weighing
    weighed = queries.weighed(weighing)
    return shown | {
        "criteria": [_criterion(each) for each in shown["found"].criteria],
        "form": form or CriterionForm(initial=_initial(edited)),
        "settings": settings or SettingsForm(initial=vars(selection)),
        "edited": edited,
        "weighed": _weighed(weighed, weighing),
    }


def _initial(criterion: Any) -> dict[str, Any]:
    names = ("name", "nature", "measure", "weight")
    return {name: getattr(criterion, name) for name in names} if criterion else {}


def _criterion(each: Any) -> dict[str, Any]:
    gate = each.nature == Nature.GATE
    return {
        "pk": each.pk,
        "name": each.name,
        "nature": each.get_nature_display(),
        "measure": each.get_measure_display() if each.measure else "",
        "weight": "" if gate else percent(each.weight, 1),
    }


def _weighed(found: queries.Weighed, criteria: list[Any]) -> dict[str, Any] | None:
    if not found.people:
        return None
    if found.result is None:
        return {"why": _("Some criteria are compared with no other yet."), "people": found.people}
    judged = found.result
    rows = zip(criteria, judged.weights.tolist(), strict=True)
    doubtful = [criteria[place].name for place in judged.doubtful or ()]
    return {
        "people": found.people,
        "rows": [(each.name, percent(weight, 1)) for each, weight in rows],
        "ratio": number(judged.consistency_ratio, 3),
        "accepted": judged.accepted,
        "doubtful": doubtful if not judged.accepted else [],
    }


def judgements(selection: Any, user: Any, data: Any = None) -> JudgementForm:
    weighing = [c for c in queries.criteria_of(selection) if c.nature != Nature.GATE]
    known = queries.judgements_of(user, weighing)
    return JudgementForm(data, criteria=weighing, known=known)


def candidates(selection: Any, user: Any) -> dict[str, Any]:
    shown = page(selection, user, step="candidates")
    rows = queries.proposed(selection, user)
    return shown | {
        "proposed": [(n, name, number(share, 3)) for n, name, share in rows],
        "run": current_run(),
        "most": queries.MOST_CANDIDATES,
    }


def rating_form(found: queries.Ranked, customer: int, data: Any = None) -> RatingForm:
    given = {each.criterion_id: each for each in found.given if each.customer_id == customer}
    return RatingForm(data, criteria=found.criteria, given=given)


def ratings(
    selection: Any, user: Any, *, customer: int | None, form: RatingForm | None = None
) -> dict[str, Any]:
    shown = page(selection, user, step="ratings")
    found: queries.Ranked = shown["found"]
    rows = [_rated(found, n) for n in found.numbers]
    shown |= {"rows": rows, "customer": customer, "name": found.names.get(customer or 0, "")}
    if customer in found.names:
        shown["form"] = form or rating_form(found, customer)
        shown["given"] = {e.criterion_id: e for e in found.given if e.customer_id == customer}
    return shown


def _rated(found: queries.Ranked, customer: int) -> dict[str, Any]:
    return {
        "pk": customer,
        "name": found.names[customer],
        "cells": [shown_value(found, each, customer) for each in found.criteria],
        "missing": len(found.missing(customer)),
    }


def shown_value(found: queries.Ranked, criterion: Any, customer: int) -> str:
    """Return a rating or figure as people read it."""
    value = found.value(criterion, customer)
    if value is None:
        return "–"
    if criterion.nature == Nature.GATE:
        return _("Yes") if value else _("No")
    if criterion.nature == Nature.RATED or criterion.measure == Measure.TENURE:
        return number(value, 1)
    return money_round(value, company().currency)


def ranking(selection: Any, user: Any) -> dict[str, Any]:
    shown = page(selection, user, step="ranking")
    found: queries.Ranked = shown["found"]
    chosen = set(queries.key_accounts(user).values_list("customer", flat=True))
    before = queries.placings(selection).first()
    return shown | {
        "rows": [_ranked(found, row, chosen, _places(before)) for row in found.order],
        "limits": _limits(found) if found.names and found.weighing else [],
        "before": before,
        "history": queries.placings(selection)[:12],
        "run": current_run(),
    }


def _places(before: Any) -> dict[int, int]:
    rows = before.content["rows"] if before else []
    return {each["customer"]: each["place"] for each in rows}


def _ranked(
    found: queries.Ranked, row: int, chosen: set[int], before: dict[int, int]
) -> dict[str, Any]:
    customer, ranking = found.numbers[row], found.ranking
    place, failed = int(ranking.places[row]), found.failed(customer)
    then = before.get(customer)
    return {
        "pk": customer,
        "name": found.names[customer],
        "url": reverse("cockpit:customer", args=[customer]),
        "place": "–" if failed else number(place),
        "moved": then - place if then else None,
        "new": bool(before) and then is None,
        "total": number(float(ranking.totals[row]), 2),
        "scores": [_score(score) for score in ranking.scores[row].tolist()],
        "coverage": percent(float(ranking.coverage[row])),
        "complete": float(ranking.coverage[row]) > 1 - CLOSE,
        "failed": ", ".join(gate.name for gate in failed),
        "within": not failed and place <= found.selection.first,
        "chosen": customer in chosen,
    }


def _score(score: float) -> str:
    if score != score:  # noqa: PLR0124 - not a number: not rated
        return "–"
    return number(score) if score == round(score) else number(score, 2)


def _limits(found: queries.Ranked) -> list[dict[str, str]]:
    """Return for each weight how far it can move, and who comes in and goes out then."""
    return [
        {
            "name": criterion.name,
            "weight": percent(criterion.weight, 1),
            "range": _range(limits),
            "down": _change(found, limits.down),
            "up": _change(found, limits.up),
        }
        for criterion, limits in zip(found.weighing, found.sensitivity, strict=True)
    ]


def _range(limits: Any) -> str:
    low = percent(limits.lowest, 1) if limits.lowest is not None else percent(0)
    if limits.highest is None:
        return _("from %(low)s on") % {"low": low}
    return _("%(low)s to %(high)s") % {"low": low, "high": percent(limits.highest, 1)}


def _change(found: queries.Ranked, change: Any) -> str:
    if change is None:
        return _("nobody")
    names = list(found.names.values())
    text = _("at %(weight)s %(enters)s enters, %(leaves)s leaves")
    return text % {
        "weight": percent(change.weight, 1),
        "enters": names[change.enters],
        "leaves": names[change.leaves],
    }
