"""Building forms: their fields, what stands on them, where they are met."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mainstay.customers.actions.cleaning import may_edit
from mainstay.customers.capture import queries, rules
from mainstay.customers.capture.actions import gifts
from mainstay.customers.capture.actions.consents import word
from mainstay.customers.capture.models import CaptureForm, FieldKind, FormField, Medium, Touchpoint
from mainstay.records.actions import record
from mainstay.shared import versions

RIGHT = "capture.edit"
MOST_FIELDS = 30
OWN = (FieldKind.TEXT, FieldKind.CHOICE, FieldKind.YES_NO)
FIRST = ((FieldKind.NAME, True), (FieldKind.EMAIL, True))


@transaction.atomic
def save_form(
    *,
    by: Any,
    now: datetime,
    values: Mapping[str, Any],
    form: CaptureForm | None = None,
    upload: Any = None,
) -> CaptureForm:
    """Add a form with name and e-mail to fill in and a link to it, or change the one given.

    `upload` is the file that the contact gets in return.
    """
    may_edit(by, RIGHT)
    row = form or CaptureForm()
    wording = row.wording
    old, new = versions.apply(row, _checked(values, row))
    was, is_now = gifts.keep(row, upload)
    old, new = old | was, new | is_now
    if form is not None and row.wording != wording:
        row.wording_version += 1
    row.save()
    word(row, now)
    if form is None:
        _begin(row)
    if new:
        record(by=by, verb="capture.form_saved", target=row, old=old, new=new, now=now)
    return row


def _begin(form: CaptureForm) -> None:
    FormField.objects.bulk_create(
        FormField(form=form, position=place, kind=kind, required=required)
        for place, (kind, required) in enumerate(FIRST)
    )
    Touchpoint.objects.create(form=form, name=_("Link"), token=_token())


def _checked(values: Mapping[str, Any], row: CaptureForm) -> dict[str, Any]:
    """Return the values; raise a sentence for what does not go together."""
    known = {name: values.get(name, getattr(row, name)) for name in _TOGETHER}
    errors = {}
    taken = CaptureForm.objects.filter(name=known["name"]).exclude(pk=row.pk)
    if taken.exists():
        errors["name"] = _("A form has this name already; choose another.")
    if known["gift"] == "link" and not rules.is_web_address(known["gift_link"]):
        errors["gift_link"] = _("Write the whole link, like https://example.com/guide.pdf.")
    if known["gift"] == "coupon" and known["batch"] is None:
        errors["batch"] = _("Choose the coupons that are given away.")
    if known["purpose"] is not None and not known["wording"].strip():
        errors["wording"] = _("Write what the contact agrees to, word for word.")
    if known["purpose"] is None and known["consent_required"]:
        errors["consent_required"] = _("Choose first what the contact agrees to.")
    errors |= _sites(known["sites"])
    if errors:
        raise ValidationError(errors)
    return dict(values)


_TOGETHER = (
    *("name", "gift", "gift_link", "batch", "purpose", "wording", "consent_required", "sites"),
)


def _sites(typed: str) -> dict[str, str]:
    try:
        rules.origins(typed)
    except ValueError as refusal:
        text = _("“%(site)s” is not a web site; write them like https://www.example.com.")
        return {"sites": text % {"site": str(refusal)[:60]}}
    return {}


@transaction.atomic
def archive_form(*, by: Any, now: datetime, form: CaptureForm) -> None:
    """Put the form away: its addresses lead nowhere, what it captured stays."""
    may_edit(by, RIGHT)
    if CaptureForm.objects.filter(pk=form.pk, archived_at=None).update(archived_at=now):
        record(by=by, verb="capture.form_archived", target=form, now=now)


@transaction.atomic
def add_field(*, by: Any, now: datetime, form: CaptureForm, values: Mapping[str, Any]) -> FormField:
    """Add a field at the end; what is known of contacts stands on a form once."""
    may_edit(by, RIGHT)
    fields = FormField.objects.filter(form=form)
    field = FormField(form=form, position=_next(form))
    versions.apply(field, values)
    if fields.count() >= MOST_FIELDS:
        raise ValidationError(_("A form has at most 30 fields; people leave long before."))
    if field.kind not in OWN and fields.filter(kind=field.kind).exists():
        raise ValidationError({"kind": _("This stands on the form already.")})
    if field.kind in OWN and not field.label.strip():
        raise ValidationError({"label": _("Write the question.")})
    if field.kind == FieldKind.CHOICE and len(field.options.split("\n")) < 2:  # noqa: PLR2004  one is no choice
        raise ValidationError({"options": _("Write at least two choices, each on its own line.")})
    field.save()
    record(by=by, verb="capture.field_added", target=form, new={"field": str(field)}, now=now)
    return field


def _next(form: CaptureForm) -> int:
    last = FormField.objects.filter(form=form).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def move_field(*, by: Any, now: datetime, field: FormField, up: bool) -> None:
    """Let the field change places with the one before or after it."""
    may_edit(by, RIGHT)
    rows = list(queries.fields_of(field.form))
    here = rows.index(field)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        for place, row in enumerate(rows):
            FormField.objects.filter(pk=row.pk).update(position=place)
        new = {"fields": [str(row) for row in rows]}
        record(by=by, verb="capture.fields_ordered", target=field.form, new=new, now=now)


@transaction.atomic
def remove_field(*, by: Any, now: datetime, field: FormField) -> None:
    may_edit(by, RIGHT)
    others = FormField.objects.filter(form=field.form).exclude(pk=field.pk)
    if not others.filter(kind__in=(FieldKind.EMAIL, FieldKind.PHONE)).exists():
        raise ValidationError(_("Keep the e-mail address or the telephone number on the form."))
    record(
        by=by, verb="capture.field_removed", target=field.form, old={"field": str(field)}, now=now
    )
    field.delete()


@transaction.atomic
def add_touchpoint(
    *, by: Any, now: datetime, form: CaptureForm, values: Mapping[str, Any]
) -> Touchpoint:
    """Name another place where the form is met, with an address of its own."""
    may_edit(by, RIGHT)
    row = Touchpoint(form=form, token=_token())
    versions.apply(row, values)
    if row.medium not in Medium.values:
        raise ValidationError({"medium": _("Choose how the form is met there.")})
    if Touchpoint.objects.filter(form=form, name=row.name).exists():
        raise ValidationError({"name": _("The form has a place of this name already.")})
    row.save()
    record(by=by, verb="capture.touchpoint_added", target=form, new={"where": row.name}, now=now)
    return row


@transaction.atomic
def revoke_touchpoint(*, by: Any, now: datetime, touchpoint: Touchpoint) -> None:
    """Let the address lead nowhere from now on; what was captured there stays."""
    may_edit(by, RIGHT)
    if Touchpoint.objects.filter(pk=touchpoint.pk, revoked_at=None).update(revoked_at=now):
        new = {"where": touchpoint.name}
        record(by=by, verb="capture.touchpoint_revoked", target=touchpoint.form, new=new, now=now)


@transaction.atomic
def count_visitors(
    *, by: Any, now: datetime, touchpoint: Touchpoint, values: Mapping[str, Any]
) -> None:
    """Note how many visitors somebody counted at the place, where no page can be counted."""
    may_edit(by, RIGHT)
    old, new = versions.apply(touchpoint, values)
    touchpoint.save(update_fields=["visitors"])
    record(by=by, verb="capture.visitors_counted", target=touchpoint, old=old, new=new, now=now)


def _token() -> str:
    return secrets.token_urlsafe(16)
