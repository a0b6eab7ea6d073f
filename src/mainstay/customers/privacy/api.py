"""Consents and requests about personal data, over the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.people.permissions import require
from mainstay.shared.rest.limits import KEY, Input, Listing, Moment, Number, Term, Text
from mainstay.shared.rest.operations import found, known, needs, page_of, writes
from mainstay.shared.rest.problems import Refused

from . import actions, queries
from .choices import CaseKind, ConsentChannel, Step

router = Router()
Kind = Literal["customer", "contact"]
KIND: Any = Query("contact", description="Whose number it is.")  # type: ignore[type-arg]


class PurposeOut(Schema):
    id: int
    name: str
    description: str
    basis: str
    is_service: bool
    double_opt_in: bool
    months_valid: int | None


class ConsentIn(Input):
    purpose_id: Number
    channel: ConsentChannel = ConsentChannel.ANY
    step: Step = Step.GIVEN
    source: Annotated[Term, Field(description="Where it was said.")] = ""
    proof: Annotated[Text, Field(max_length=2000)] = ""
    at: Annotated[Moment | None, Field(description="When it was said; null: now.")] = None


class ConsentOut(Schema):
    id: int
    purpose_id: int
    channel: str
    step: str
    wording_id: int | None
    source: str
    proof: str
    at: datetime
    valid_until: date | None
    noted_by: str


class StandingOut(Schema):
    purpose_id: int
    channel: str
    standing: str


class ConsentsOut(Schema):
    standings: list[StandingOut] = Field(description="What holds today.")
    ledger: list[ConsentOut] = Field(description="Every step, latest first.")


class CaseIn(Input):
    kind: CaseKind
    received_on: date
    received_by: Term = ""


class IdentityIn(Input):
    identity_by: Annotated[Term, Field(description="How you know that it is the person.")]


class CaseOut(Schema):
    id: int
    kind: str
    customer_id: int | None
    contact_id: int | None
    received_on: date
    due_on: date
    identity_on: date | None
    state: str
    done_at: datetime | None
    outcome: dict[str, Any]

    @staticmethod
    def resolve_outcome(row: Any) -> dict[str, Any]:
        """Return what is told once the case is done; until then it holds what it works on."""
        return dict(row.outcome) if row.done_at else {}


class CasePage(Schema):
    items: list[CaseOut]
    next: str | None


@router.get("/purposes", response=list[PurposeOut])
@needs("customers:read")
def list_purposes(request: HttpRequest) -> Any:
    """List what personal data are used for."""
    return list(queries.purposes())


@router.get("/people/{person_id}/consents", response=ConsentsOut)
@needs("customers:read")
def get_consents(request: HttpRequest, person_id: Number, kind: Kind = KIND) -> Any:
    """Read what a customer or contact agreed to."""
    return _consents(found(queries.person(request.user, kind, person_id)))


@router.post("/people/{person_id}/consents", response={201: ConsentsOut})
@needs("customers:write")
@writes
def note_consent(
    request: HttpRequest,
    person_id: Number,
    payload: ConsentIn,
    kind: Kind = KIND,
    idempotency_key: str | None = KEY,
) -> Any:
    """Note a consent given, confirmed or withdrawn."""
    person = found(queries.person(request.user, kind, person_id))
    purpose = known(queries.purposes().filter(pk=payload.purpose_id).first(), "purpose_id")
    values = payload.model_dump(exclude={"purpose_id"}) | {"purpose": purpose}
    actions.note_consent(by=request.user, now=timezone.now(), person=person, values=values)
    return Status(201, ConsentsOut(**_consents(person)))


@router.get("/cases", response=CasePage)
@needs("customers:read")
def list_privacy_cases(request: HttpRequest, wish: Query[Listing]) -> Any:
    """List requests about personal data, oldest first."""
    require(request.user, "privacy.admin")
    return page_of(queries.cases_visible_to(request.user), wish)


@router.post("/people/{person_id}/cases", response={201: CaseOut})
@needs("customers:write")
@writes
def open_privacy_case(
    request: HttpRequest,
    person_id: Number,
    payload: CaseIn,
    kind: Kind = KIND,
    idempotency_key: str | None = KEY,
) -> Any:
    """Open a case file: a copy of the data, or an erasure; it is due within one month."""
    person = found(queries.person(request.user, kind, person_id))
    known_of = {"by": request.user, "now": timezone.now(), "person": person}
    return Status(201, CaseOut.from_orm(actions.open_case(**known_of, **payload.model_dump())))


@router.get("/cases/{case_id}", response=CaseOut)
@needs("customers:read")
def get_privacy_case(request: HttpRequest, case_id: Number) -> Any:
    """Read a case file."""
    return _case(request, case_id)


@router.post("/cases/{case_id}/identity", response={200: CaseOut})
@needs("customers:write")
@writes
def check_identity(
    request: HttpRequest, case_id: Number, payload: IdentityIn, idempotency_key: str | None = KEY
) -> Any:
    """Note how it was made sure that the request comes from the person."""
    case = _case(request, case_id)
    with _told():
        actions.check_identity(
            by=request.user, now=timezone.now(), case=case, identity_by=payload.identity_by
        )
    return Status(200, CaseOut.from_orm(_case(request, case_id)))


@router.post("/cases/{case_id}/start", response={202: CaseOut})
@needs("customers:write")
@writes
def start_privacy_case(
    request: HttpRequest, case_id: Number, idempotency_key: str | None = KEY
) -> Any:
    """Carry the case out; an erasure cannot be taken back."""
    case = _case(request, case_id)
    with _told():
        actions.start(by=request.user, now=timezone.now(), case=case)
    return Status(202, CaseOut.from_orm(_case(request, case_id)))


@router.get("/cases/{case_id}/data", response={200: None})
@needs("customers:read")
def download_privacy_data(request: HttpRequest, case_id: Number) -> Any:
    """Download the copy of a person's data as a zip file, within 30 days."""
    package = queries.package_of(_case(request, case_id), now=timezone.now())
    if package is None:
        raise Refused(409, _("The copy is not made yet, or its days are over."))
    return HttpResponse(bytes(package.content), content_type="application/zip")


@contextmanager
def _told() -> Iterator[None]:
    """Say as a conflict what the state of a case does not allow now."""
    try:
        yield
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict"):
            raise
        raise Refused(409, refusal.messages[0]) from refusal


def _case(request: HttpRequest, pk: int) -> Any:
    require(request.user, "privacy.admin")
    return found(queries.cases_visible_to(request.user).filter(pk=pk).first())


def _consents(person: Any) -> dict[str, Any]:
    standings = queries.standings(person, today=timezone.localdate())
    return {
        "standings": [
            {"purpose_id": purpose, "channel": channel, "standing": what}
            for (purpose, channel), what in sorted(standings.items())
        ],
        "ledger": [ConsentOut.from_orm(row) for row in queries.steps(person)],
    }
