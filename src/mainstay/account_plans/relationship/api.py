"""The relationship with a key account over the API: ratings, both views, diagnosis, level."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Status

from mainstay.account_plans.workspace.operations import acting
from mainstay.analysis.accounts import relationship as figures
from mainstay.people.permissions import require
from mainstay.shared.rest.limits import KEY, Number, Term
from mainstay.shared.rest.operations import found, known, needs, writes

from . import actions, queries, tokens
from . import schemas as told
from .choices import Side

router = Router()
HISTORY = 500  # ratings told of a criterion


@router.get("/relationship/criteria", response=told.RelationCriteriaOut)
@needs("customers:read")
def list_relation_criteria(request: HttpRequest) -> Any:
    """Read by what relationships are rated, as the company words it."""
    require(request.user, "accounts.view")
    return {"items": [_criterion(each) for each in queries.criteria()]}


@router.post("/relationship/criteria", response={201: told.RelationCriterionOut})
@needs("customers:write")
@writes
def word_relation_criterion(
    request: HttpRequest, payload: told.RelationCriterionIn, idempotency_key: str | None = KEY
) -> Any:
    """Word a criterion as the company does, or add one; what was rated by it stays."""
    values = payload.model_dump(exclude={"key"})
    row = actions.word_criterion(
        by=request.user, now=timezone.now(), values=values, key=payload.key
    )
    return Status(201, told.RelationCriterionOut(**_criterion(row)))


def _criterion(row: Any) -> dict[str, Any]:
    texts = ("key", "name", "question", "low", "middle", "high")
    return {name: str(getattr(row, name)) for name in texts} | {"direction": row.direction}


@router.get("/{customer_id}/relationship", response=told.RelationshipOut)
@needs("customers:read")
def get_relationship(request: HttpRequest, customer_id: Number) -> Any:
    """Read both views of the relationship: of each person the latest rating counts."""
    by = acting(request, customer_id)
    pk, relation = by["account"].pk, queries.relation(by["account"].pk)
    judged, level = queries.approach(pk), queries.levels(pk).first()
    return {
        "as_of": by["now"],
        "criteria": [_view(each, relation, by["now"]) for each in relation.criteria],
        "ours": _closeness(relation, Side.OURS),
        "theirs": _closeness(relation, Side.THEIRS),
        "diagnosis": _diagnosis(judged) if judged else None,
        "level": _level(level) if level else None,
    }


def _view(criterion: Any, relation: queries.Relation, now: datetime) -> dict[str, Any]:
    ours, theirs = (relation.spread(criterion.key, side) for side in (Side.OURS, Side.THEIRS))
    return {
        "key": criterion.key,
        "name": str(criterion.name),
        "ours": ours,
        "theirs": theirs,
        "gap": figures.gap(ours, theirs),
        "days": relation.days(criterion.key, now),
    }


def _closeness(relation: queries.Relation, side: Side) -> dict[str, Any]:
    value, n = relation.closeness(side)
    return {"value": value, "criteria": n}


@router.get(
    "/{customer_id}/relationship/comparison/{other_id}", response=told.RelationComparisonOut
)
@needs("customers:read")
def compare_relationships(request: HttpRequest, customer_id: Number, other_id: Number) -> Any:
    """Read two key accounts beside each other, in our eyes."""
    one, other = (acting(request, each)["account"].pk for each in (customer_id, other_id))
    both = queries.relations([one, other])
    return {
        "criteria": [
            {
                "key": each.key,
                "name": str(each.name),
                "one": both[one].spread(each.key, Side.OURS),
                "other": both[other].spread(each.key, Side.OURS),
            }
            for each in both[one].criteria
        ],
        "one": _closeness(both[one], Side.OURS),
        "other": _closeness(both[other], Side.OURS),
    }


@router.get("/{customer_id}/relationship/ratings/{criterion}", response=told.RelationRatingsOut)
@needs("customers:read")
def list_relation_ratings(request: HttpRequest, customer_id: Number, criterion: Term) -> Any:
    """Read who rated a criterion when, with notes and evidence; the latest come first."""
    pk = acting(request, customer_id)["account"].pk
    rows = list(queries.history(pk, criterion)[:HISTORY])
    used = {each.key for each in queries.criteria()}
    found(rows or criterion in used or None)
    return {"items": [_rating(row) for row in rows]}


@router.post("/{customer_id}/relationship/ratings", response={201: told.RelationRatingOut})
@needs("customers:write")
@writes
def rate_relationship(
    request: HttpRequest,
    customer_id: Number,
    payload: told.RelationRatingIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Note what you think of a criterion; earlier ratings are kept, the latest counts."""
    by = acting(request, customer_id)
    values = payload.model_dump(exclude={"criterion"})
    row = actions.rate(**by, criterion=payload.criterion, values=values)
    row = row or queries.own_ratings(by["account"].pk, request.user).get(payload.criterion)
    return Status(201, told.RelationRatingOut(**_rating(known(row, "value"))))


def _rating(row: Any) -> dict[str, Any]:
    names = ("criterion", "side", "value", "note", "evidence", "at")
    rater = row.invitation.contact if row.invitation else row.by
    return {name: getattr(row, name) for name in names} | {"by": rater.name if rater else None}


@router.post("/{customer_id}/relationship/diagnosis", response={201: told.RelationDiagnosisOut})
@needs("customers:write")
@writes
def diagnose_relationship(
    request: HttpRequest,
    customer_id: Number,
    payload: told.RelationDiagnosisIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Mark points of reference from 1, transactional, to 5, relational; earlier marks are kept."""
    row = actions.judge_approach(**acting(request, customer_id), **payload.model_dump())
    return Status(201, told.RelationDiagnosisOut(**_diagnosis(row)))


def _diagnosis(row: Any) -> dict[str, Any]:
    names = ("side", "transactional", "relational", "judged", "needed")
    diagnosed = figures.diagnosis(row.answers)
    by = row.by.name if row.by else None
    shown = {"answers": row.answers, "note": row.note, "by": by, "at": row.at}
    return shown | {name: getattr(diagnosed, name) for name in names}


@router.post("/{customer_id}/relationship/level", response={201: told.RelationLevelOut})
@needs("customers:write")
@writes
def set_relation_level(
    request: HttpRequest,
    customer_id: Number,
    payload: told.RelationLevelIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Say at which level the relationship is and where it is wanted, and why."""
    row = actions.set_level(**acting(request, customer_id), values=payload.model_dump())
    return Status(201, told.RelationLevelOut(**_level(row)))


def _level(row: Any) -> dict[str, Any]:
    names = ("now", "wanted", "why", "at")
    by = row.by.name if row.by else None
    return {name: getattr(row, name) for name in names} | {"by": by}


@router.get("/{customer_id}/relationship/invitations", response=told.RelationInvitationsOut)
@needs("customers:read")
def list_relation_invitations(request: HttpRequest, customer_id: Number) -> Any:
    """Read who of the customer's was asked to rate the relationship, and who answered."""
    rows = queries.invitations(acting(request, customer_id)["account"].pk)
    return {"items": [_invitation(row) for row in rows]}


@router.post("/{customer_id}/relationship/invitations", response={201: told.RelationLinkOut})
@needs("customers:write")
@writes
def invite_to_rate(
    request: HttpRequest,
    customer_id: Number,
    payload: told.RelationInvitationIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Make a link by which one person of the customer's rates the relationship once."""
    by = acting(request, customer_id)
    offered = payload.language in dict(settings.LANGUAGES)
    language = known(payload.language if offered else None, "language")
    row = actions.invite(**by, contact=payload.contact_id, language=language)
    link = request.build_absolute_uri(reverse("accounts:answer", args=[tokens.drawn(row)]))
    return Status(201, told.RelationLinkOut(**_invitation(row), link=link))


@router.post(
    "/{customer_id}/relationship/invitations/{invitation_id}/withdraw",
    response=told.RelationInvitationOut,
)
@needs("customers:write")
@writes
def withdraw_relation_invitation(
    request: HttpRequest,
    customer_id: Number,
    invitation_id: Number,
    idempotency_key: str | None = KEY,
) -> Any:
    """Let a link open nothing any more; an answer that was given stays."""
    by = acting(request, customer_id)
    row = found(queries.invitation(by["account"].pk, pk=invitation_id))
    actions.withdraw(**by, invitation=row)
    return Status(200, told.RelationInvitationOut(**_invitation(row)))


def _invitation(row: Any) -> dict[str, Any]:
    names = ("contact_id", "language", "expires_at", "answered_at")
    shown = {name: getattr(row, name) for name in names}
    return shown | {"id": row.pk, "contact": row.contact.name}
