"""Put a selection together: criteria, candidates, ratings, judgements; keep a ranking; choose."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.actions import may_edit_all
from mainstay.customers.queries import visible_to
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions

from . import presets, queries
from .choices import Measure, Nature
from .models import Candidate, Criterion, Judgement, KeyAccount, Placing, Rating, Selection

EDIT = "accounts.edit"
HIGHEST = 10  # of a rating


@transaction.atomic
def add_selection(*, by: Any, now: datetime, values: Mapping[str, Any]) -> Selection:
    """Add a selection with the lecture's criteria."""
    require(by, EDIT)
    row = Selection(by=by)
    _old, new = versions.apply(row, values)
    _name_is_free(row)
    row.save()
    Criterion.objects.bulk_create(
        Criterion(selection=row, place=place, **each)
        for place, each in enumerate(presets.criteria())
    )
    record(by=by, verb="selection.added", target=row, old={}, new=new, now=now)
    return row


@transaction.atomic
def change_selection(
    *, by: Any, now: datetime, selection: Selection, values: Mapping[str, Any], version: int
) -> Selection:
    """Change the name, the scoring, or how many are to be chosen."""
    require(by, EDIT)
    in_use = Selection.objects.filter(archived_at=None)
    row: Selection = versions.locked(in_use, selection.pk, version)
    old, new = versions.apply(row, values)
    _name_is_free(row)
    row.version += 1
    row.save()
    record(by=by, verb="selection.changed", target=row, old=old, new=new, now=now)
    return row


def _name_is_free(row: Selection) -> None:
    taken = queries.selections().filter(name=row.name).exclude(pk=row.pk)
    if taken.exists():
        raise ValidationError({"name": _("There is a selection of this name; choose another.")})


@transaction.atomic
def archive_selection(*, by: Any, now: datetime, selection: Selection) -> None:
    """Put a selection away; its key accounts stay."""
    require(by, EDIT)
    if Selection.objects.filter(pk=selection.pk, archived_at=None).update(archived_at=now):
        record(by=by, verb="selection.archived", target=selection, now=now)


@transaction.atomic
def set_criterion(
    *,
    by: Any,
    now: datetime,
    selection: Selection,
    values: Mapping[str, Any],
    criterion: Criterion | None = None,
) -> Criterion:
    """Add a criterion or change one; weights stay as they were typed, whatever they add up to."""
    require(by, EDIT)
    others = Selection.objects.select_for_update().get(pk=selection.pk)
    row = criterion or Criterion(selection=others, place=others.criteria.count())
    old, new = versions.apply(row, values)
    _fits(row, queries.criteria_of(others))
    row.save()
    verb = "criterion.changed" if criterion else "criterion.added"
    record(by=by, verb=verb, target=row, old=old, new=new, now=now)
    return row


def _fits(row: Criterion, others: Sequence[Criterion]) -> None:
    if any(each.name == row.name and each.pk != row.pk for each in others):
        raise ValidationError({"name": _("There is a criterion of this name; choose another.")})
    if row.pk is None and len(others) >= queries.MOST_CRITERIA:
        text = _("A selection has %(n)d criteria at most; remove one first.")
        raise ValidationError(text % {"n": queries.MOST_CRITERIA})
    if row.nature == Nature.MEASURED and row.measure not in Measure.values:
        raise ValidationError({"measure": _("Choose the figure that is measured.")})


@transaction.atomic
def remove_criterion(*, by: Any, now: datetime, criterion: Criterion) -> None:
    """Put a criterion away; what was rated by it is kept."""
    require(by, EDIT)
    if Criterion.objects.filter(pk=criterion.pk, archived_at=None).update(archived_at=now):
        record(by=by, verb="criterion.archived", target=criterion, now=now)


@transaction.atomic
def add_candidates(
    *, by: Any, now: datetime, selection: Selection, customers: Sequence[int]
) -> int:
    """Add customers whom the user may see; return how many are new."""
    require(by, EDIT)
    seen = list(visible_to(by).filter(pk__in=customers).values_list("pk", flat=True))
    there = set(selection.candidates.values_list("customer", flat=True))
    new = [number for number in seen if number not in there]
    if len(there) + len(new) > queries.MOST_CANDIDATES:
        text = _("A selection compares %(n)d candidates at most; remove some first.")
        raise ValidationError(text % {"n": queries.MOST_CANDIDATES})
    made = [Candidate(selection=selection, customer_id=n, added_at=now) for n in new]
    Candidate.objects.bulk_create(made, ignore_conflicts=True)
    if new:
        record(by=by, verb="selection.candidates", target=selection, new={"added": new}, now=now)
    return len(new)


@transaction.atomic
def remove_candidate(*, by: Any, now: datetime, selection: Selection, customer: int) -> None:
    """Take a candidate off; ratings are kept, in case it comes back."""
    require(by, EDIT)
    seen = visible_to(by).filter(pk=customer)
    gone, _models = Candidate.objects.filter(selection=selection, customer__in=seen).delete()
    if gone:
        old = {"removed": customer}
        record(by=by, verb="selection.candidates", target=selection, old=old, now=now)


@transaction.atomic
def rate(
    *, by: Any, now: datetime, criterion: Criterion, customer: int, value: Any, note: str = ""
) -> Rating | None:
    """Note a rating; None where nothing is new. Empty takes the rating back."""
    require(by, EDIT)
    if criterion.nature == Nature.MEASURED:
        raise ValidationError(_("“%(name)s” is measured from the data.") % {"name": criterion})
    top = 1 if criterion.nature == Nature.GATE else HIGHEST
    if value is not None and not 0 <= value <= top:
        text = _("%(name)s: rate from 0 to %(top)d.")
        raise ValidationError(text % {"name": criterion.name, "top": top})
    if not criterion.selection.candidates.filter(
        customer=customer, customer__in=visible_to(by)
    ).exists():
        raise ValidationError(_("This customer is no candidate; add it first."))
    may_edit_all(by, [customer], EDIT)
    before = Rating.objects.filter(criterion=criterion, customer=customer).order_by("-pk").first()
    if (before.value, before.note) == (value, note) if before else value is None:
        return None
    row = Rating(criterion=criterion, customer_id=customer, value=value, note=note, by=by, at=now)
    versions.check(row)
    row.save()
    old = {criterion.name: before.value if before else None}
    new = {criterion.name: value}
    record(by=by, verb="candidate.rated", target=row.customer, old=old, new=new, now=now)
    return row


@transaction.atomic
def judge(
    *, by: Any, now: datetime, selection: Selection, times: Mapping[tuple[int, int], float | None]
) -> None:
    """Keep a person's judgements: of two criteria, how many times more the first counts."""
    require(by, EDIT)
    known = {each.pk for each in queries.criteria_of(selection) if each.nature != Nature.GATE}
    mine = Judgement.objects.filter(by=by, one__selection=selection)
    mine.delete()
    Judgement.objects.bulk_create(
        Judgement(one_id=one, other_id=other, by=by, times=value)
        for (one, other), value in times.items()
        if value is not None and {one, other} <= known
    )
    record(by=by, verb="selection.judged", target=selection, now=now)


@transaction.atomic
def take_weights(*, by: Any, now: datetime, selection: Selection) -> None:
    """Let the judgements of all decide the weights."""
    require(by, EDIT)
    criteria = [c for c in queries.criteria_of(selection) if c.nature != Nature.GATE]
    found = queries.weighed(criteria).result
    if found is None:
        raise ValidationError(_("Compare the criteria first: at least each with one other."))
    old, new = {}, {}
    for criterion, weight in zip(criteria, found.weights.tolist(), strict=True):
        old[criterion.name], new[criterion.name] = criterion.weight, round(weight, 4)
        criterion.weight = round(weight, 4)
    Criterion.objects.bulk_update(criteria, ["weight"])
    record(by=by, verb="selection.weighted", target=selection, old=old, new=new, now=now)


@transaction.atomic
def keep_placing(*, by: Any, now: datetime, selection: Selection) -> Placing:
    """Keep the ranking as it is today."""
    require(by, EDIT)
    found = queries.ranked(selection, by)
    rows = [
        {
            "customer": found.numbers[row],
            "place": int(found.ranking.places[row]),
            "total": round(float(found.ranking.totals[row]), 6),
        }
        for row in found.order
    ]
    criteria = [{"name": each.name, "weight": each.weight} for each in found.criteria]
    content = {"criteria": criteria, "rows": rows, "weights": found.ranking.weight_sum}
    placing = Placing.objects.create(selection=selection, at=now, by=by, content=content)
    record(by=by, verb="selection.placed", target=selection, now=now)
    return placing


@transaction.atomic
def choose(*, by: Any, now: datetime, selection: Selection, customers: Sequence[int]) -> int:
    """Make these candidates key accounts; return how many are new."""
    require(by, EDIT)
    found = queries.candidates(selection, by)
    there = set(queries.key_accounts(by).values_list("customer", flat=True))
    new = [number for number in customers if number in found and number not in there]
    may_edit_all(by, new, EDIT)
    made = [KeyAccount(customer_id=n, selection=selection, by=by) for n in new]
    KeyAccount.objects.bulk_create(made, ignore_conflicts=True)
    if new:
        names = {"chosen": [found[number] for number in new]}
        record(by=by, verb="selection.chosen", target=selection, new=names, now=now)
    return len(new)
