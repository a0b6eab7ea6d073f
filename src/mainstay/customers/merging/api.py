"""Merges over the API: merge, list, undo, and answers to the pairs that wait for one."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers.duplicates import actions as duplicates
from mainstay.customers.duplicates import queries as pairs
from mainstay.customers.merging import actions, queries
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Number, Text
from mainstay.shared.rest.operations import found, needs, page_of, writes
from mainstay.shared.rest.problems import Fault, Refused

router = Router()
MOST_DECISIONS = 1000


class MergeOut(Schema):
    id: int
    subject: str
    survivor_id: int
    merged_ids: list[int] = Field(description="The records that went into the survivor.")
    origin: str
    made_by: str | None
    made_at: datetime
    undone_at: datetime | None

    @staticmethod
    def resolve_merged_ids(row: Any) -> list[int]:
        return [getattr(each, f"{row.subject}_id") for each in row.absorbed.all()]

    @staticmethod
    def resolve_made_by(row: Any) -> str | None:
        return row.made_by.email if row.made_by else None


class MergePage(Schema):
    items: list[MergeOut]
    next: str | None


class MergeIn(Input):
    subject: Literal["customer", "contact"] = "customer"
    survivor_id: Number
    merged_ids: Annotated[list[Number], Field(min_length=1, max_length=49)]
    choices: Annotated[
        dict[Text, Number],
        Field(description="Field → whose value to take; the rules decide the others."),
    ] = {}


class ConflictOut(Schema):
    key: str
    kind: str
    what: str
    text: str
    options: list[str] = Field(description="What may be decided; the first keeps the later edit.")

    @staticmethod
    def resolve_options(row: Any) -> list[str]:
        return [value for value, _label in row.options]


class Conflicts(Schema):
    items: list[ConflictOut]


class UndoIn(Input):
    decisions: Annotated[
        dict[Text, Text],
        Field(max_length=MOST_DECISIONS, description="Key of a conflict → one of its options."),
    ] = {}
    keep_later: bool = Field(False, description="Keep every later edit that is not decided.")


class PairOut(Schema):
    id: int
    left_id: int
    right_id: int
    probability: float
    zone: str
    state: str
    waterfall: list[dict[str, Any]]


class PairPage(Schema):
    items: list[PairOut]
    next: str | None


class PairDecisionIn(Input):
    state: Literal["distinct", "open"] = Field(description="Keep apart, or ask again.")


@router.get("", response=MergePage)
@needs("customers:read")
def list_merges(request: HttpRequest, wish: Query[limits.Listing]) -> Any:
    """List merges of visible records, oldest first."""
    return page_of(queries.told(request.user), wish)


@router.post("", response={201: MergeOut})
@needs("customers:write")
@writes
def add_merge(request: HttpRequest, payload: MergeIn, idempotency_key: str | None = KEY) -> Any:
    """Merge records into one. The others stay as tombstones with `merged_into`."""
    wish = actions.Wish(
        payload.subject,
        payload.survivor_id,
        tuple(payload.merged_ids),
        payload.choices,
        "api",
    )
    made = actions.merge(by=request.user, now=timezone.now(), wish=wish)
    return Status(201, _out(request, made.pk))


@router.get("/pairs", response=PairPage)
@needs("customers:read")
def list_duplicate_pairs(request: HttpRequest, wish: Query[limits.Listing]) -> Any:
    """List the pairs that wait for an answer, of records that you see."""
    page = page_of(pairs.open_pairs(request.user), wish)
    for row in page["items"]:
        row.waterfall = pairs.steps(row, request.user)
    return page


@router.post("/pairs/{pair_id}", response={200: PairOut})
@needs("customers:write")
@writes
def decide_duplicate_pair(
    request: HttpRequest,
    pair_id: Number,
    payload: PairDecisionIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Keep the two records of a pair apart, or ask again. To merge them, add a merge."""
    pair = found(pairs.pairs(request.user).filter(pk=pair_id).first())
    if pair.state == "merged":
        raise Refused(409, _("These records are merged; undo the merge instead."))
    state: Any = payload.state
    done = duplicates.decide(pair=pair, state=state, by=request.user, now=timezone.now())
    done.waterfall = pairs.steps(done, request.user)
    return Status(200, PairOut.from_orm(done))


@router.get("/{merge_id}", response=MergeOut)
@needs("customers:read")
def get_merge(request: HttpRequest, merge_id: Number) -> Any:
    """Read one merge."""
    return _out(request, merge_id)


@router.get("/{merge_id}/conflicts", response=Conflicts)
@needs("customers:read")
def list_merge_conflicts(request: HttpRequest, merge_id: Number) -> Any:
    """List what was edited after the merge and stands against undoing it."""
    row = found(queries.merge(request.user, merge_id))
    met = [] if row.undone_at else actions.conflicts_of(row, request.user)
    return {"items": met}


@router.post("/{merge_id}/undo", response={200: MergeOut})
@needs("customers:write")
@writes
def undo_merge(
    request: HttpRequest, merge_id: Number, payload: UndoIn, idempotency_key: str | None = KEY
) -> Any:
    """Undo a merge. 409 lists what was edited since: say in `decisions` what becomes of each."""
    row = found(queries.merge(request.user, merge_id))
    try:
        actions.undo(
            by=request.user,
            now=timezone.now(),
            merge=row,
            decisions=payload.decisions,
            keep_later=payload.keep_later,
        )
    except actions.Undecided as undecided:
        text = _("Something was edited after the merge; say in `decisions` what becomes of it.")
        raise Refused(409, text, _faults(undecided)) from undecided
    return Status(200, _out(request, merge_id))


def _faults(undecided: actions.Undecided) -> list[Fault]:
    return [
        Fault(field=each.key, message=f"{each.what}: {each.text}") for each in undecided.conflicts
    ]


def _out(request: HttpRequest, pk: int) -> MergeOut:
    return MergeOut.from_orm(found(queries.told(request.user).filter(pk=pk).first()))
