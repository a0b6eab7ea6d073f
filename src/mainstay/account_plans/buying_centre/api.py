"""The buying centre of a key account over the API: people, lines, gaps, complexity."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from mainstay.account_plans.workspace.operations import acting
from mainstay.account_plans.workspace.queries import Account
from mainstay.analysis.accounts import buying_centre as figures
from mainstay.people.permissions import require
from mainstay.shared.rest.limits import KEY, Number
from mainstay.shared.rest.operations import found, known, needs, writes

from . import actions, queries, words
from . import schemas as told

router = Router()


@router.get("/buying-centre/roles", response=told.BuyingRolesOut)
@needs("customers:read")
def list_buying_roles(request: HttpRequest) -> Any:
    """Read the roles people may have in a buying centre, as the company words them."""
    require(request.user, "accounts.view")
    return {
        "items": [
            {"key": each.key, "name": str(each.name), "meaning": str(each.meaning)}
            | {"classic": each.classic}
            for each in queries.roles()
        ]
    }


@router.get("/{customer_id}/buying-centre", response=told.BuyingCentreOut)
@needs("customers:read")
def get_buying_centre(request: HttpRequest, customer_id: Number) -> Any:
    """Read who takes part in the decision, who reports to whom, and what is missing."""
    by = acting(request, customer_id)
    centre = queries.centre(by["account"], by["now"])
    return {
        "as_of": by["now"],
        "people": [_seen(centre, row) for row in centre.members],
        "gaps": [_gap(each) for each in centre.findings] if centre.members else [],
        "complexity": _complexity(centre.purchase) if centre.purchase else None,
    }


def _seen(centre: queries.Centre, row: Any) -> dict[str, Any]:
    coverage = centre.coverage.get(row.contact_id or 0)
    return _person(row) | {
        "influences": [each.target_id for each in centre.influences if each.source_id == row.pk],
        "is_here": queries.is_known(row) and centre.is_here(row),
        "elsewhere": centre.places(row),
        "conversations": coverage.times if coverage else 0,
        "last_spoken_at": coverage.latest if coverage else None,
    }


def _person(row: Any) -> dict[str, Any]:
    names = ("contact_id", "name", "position", "roles", "goals", "influence", "support")
    more = ("reports_to_id", "version")
    return {"id": row.pk} | {name: getattr(row, name) for name in (*names, *more)}


def _gap(finding: figures.Finding) -> dict[str, Any]:
    title, advice = (str(each) for each in words.GAPS[finding.kind])
    given = {"kind": finding.kind, "people": list(finding.people), "role": finding.role}
    return given | {"title": title, "advice": advice}


def _complexity(row: Any) -> dict[str, Any]:
    judged = figures.complexity(row.factors)
    return {
        "value": judged.value,
        "word": judged.word,
        "judged": judged.judged,
        "factors": row.factors,
        "note": row.note,
        "by": row.by.name if row.by else None,
        "at": row.at,
    }


@router.post("/{customer_id}/buying-centre/people", response={201: told.BuyingPersonOut})
@needs("customers:write")
@writes
def add_buying_person(
    request: HttpRequest,
    customer_id: Number,
    payload: told.BuyingPersonIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Take one of the customer's people into its buying centre."""
    by = acting(request, customer_id)
    values = _values(by["account"], payload)
    row = actions.add(**by, contact=payload.contact_id, values=values)
    return Status(201, told.BuyingPersonOut(**_person(row)))


def _values(about: Account, payload: Schema) -> dict[str, Any]:
    """Return what was sent, with the person in place of their number."""
    values = payload.model_dump(exclude_unset=True, exclude={"contact_id", "version"})
    if "reports_to_id" in values:
        boss = values.pop("reports_to_id")
        values["reports_to"] = boss and known(queries.member(about.pk, boss), "reports_to_id")
    return values


@router.patch("/{customer_id}/buying-centre/people/{person_id}", response=told.BuyingPersonOut)
@needs("customers:write")
@writes
def change_buying_person(
    request: HttpRequest,
    customer_id: Number,
    person_id: Number,
    payload: told.BuyingPersonPatch,
    idempotency_key: str | None = KEY,
) -> Any:
    """Change roles, goals, influence, support or whom they report to; what is left out stays."""
    by = acting(request, customer_id)
    row = found(queries.member(by["account"].pk, person_id))
    values = _values(by["account"], payload)
    row = actions.change(**by, member=row, values=values, version=payload.version)
    return Status(200, told.BuyingPersonOut(**_person(row)))


@router.post(
    "/{customer_id}/buying-centre/people/{person_id}/take-off", response=told.BuyingPersonOut
)
@needs("customers:write")
@writes
def take_off_buying_person(
    request: HttpRequest,
    customer_id: Number,
    person_id: Number,
    idempotency_key: str | None = KEY,
) -> Any:
    """Take somebody off; what was known is kept, and who reported to them reports to nobody."""
    by = acting(request, customer_id)
    row = found(queries.member(by["account"].pk, person_id))
    actions.take_off(**by, member=row)
    return Status(200, told.BuyingPersonOut(**_person(row)))


@router.post("/{customer_id}/buying-centre/influences", response=told.BuyingInfluencesOut)
@needs("customers:write")
@writes
def draw_buying_influence(
    request: HttpRequest,
    customer_id: Number,
    payload: told.BuyingInfluenceIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Say that one person influences another, beside the lines of reporting, or no more."""
    by = acting(request, customer_id)
    pk = by["account"].pk
    source = known(queries.member(pk, payload.source_id), "source_id")
    target = known(queries.member(pk, payload.target_id), "target_id")
    if payload.drawn != (target.pk in queries.influenced(source)):
        actions.draw(**by, kind="influence", source=source, target=target)
    shown = {"source_id": source.pk, "influences": queries.influenced(source)}
    return Status(200, told.BuyingInfluencesOut(**shown))


@router.post("/{customer_id}/buying-centre/complexity", response={201: told.BuyingComplexityOut})
@needs("customers:write")
@writes
def judge_buying_complexity(
    request: HttpRequest,
    customer_id: Number,
    payload: told.BuyingComplexityIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Judge how complex the purchase is, factor by factor; earlier judgements are kept."""
    row = actions.judge_purchase(**acting(request, customer_id), **payload.model_dump())
    return Status(201, told.BuyingComplexityOut(**_complexity(row)))
