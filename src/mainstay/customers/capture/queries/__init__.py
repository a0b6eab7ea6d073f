"""Reads of forms, touchpoints, captured contacts and coupons."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from mainstay.customers.capture.models import (
    Capture,
    CaptureForm,
    Coupon,
    CouponBatch,
    FormField,
    State,
    Touchpoint,
)
from mainstay.customers.queries import reach
from mainstay.people.permissions import can

INBOX = (State.NEW,)
SHOWN = ("touchpoint__form", "customer", "contact", "coupon", "purpose")


def forms(*, archived: bool = False) -> QuerySet[CaptureForm]:
    rows = CaptureForm.objects.select_related("channel", "campaign", "batch", "purpose")
    return rows.filter(archived_at__isnull=not archived).order_by("name")


def every_form() -> QuerySet[CaptureForm]:
    return CaptureForm.objects.select_related("channel", "campaign", "batch", "purpose").order_by(
        "pk"
    )


def fields_of(form: CaptureForm) -> QuerySet[FormField]:
    return FormField.objects.filter(form=form).order_by("position", "pk")


def touchpoints(form: CaptureForm | None = None) -> QuerySet[Touchpoint]:
    """Return where forms are met, each with `captured`, how many contacts were captured there."""
    rows = Touchpoint.objects.select_related("form").annotate(captured=Count("captures"))
    return (rows if form is None else rows.filter(form=form)).order_by("form__name", "name", "pk")


def open_touchpoint(token: str) -> Touchpoint | None:
    """Return what a public address leads to, as long as it was not revoked."""
    rows = Touchpoint.objects.filter(token=token, revoked_at=None, form__archived_at=None)
    return rows.select_related("form__purpose", "form__batch").first()


def phone_touchpoint(form: CaptureForm) -> Touchpoint | None:
    rows = Touchpoint.objects.filter(form=form, medium="phone", revoked_at=None)
    return rows.order_by("pk").first()


def captures(user: Any) -> QuerySet[Capture]:
    """Return captured contacts: those of customers within the reach, and nobody's to whoever may
    add customers."""
    within = Q(customer__isnull=False) & reach(user, "customer__")
    if can(user, "customers.edit"):
        within |= Q(customer=None)
    if can(user, "interactions.edit"):
        within |= Q(customer=None, entered_by=user.pk)
    rows = Capture.objects.select_related(*SHOWN)
    return rows.filter(within)


def inbox(user: Any) -> QuerySet[Capture]:
    return captures(user).filter(state__in=INBOX).order_by("-captured_at", "-pk")


def waiting(token: str) -> Capture | None:
    """Return the captured contact whose address is to be confirmed."""
    rows = Capture.objects.filter(confirmation=token)
    return rows.select_related("touchpoint__form__batch", "coupon", "purpose").first()


def batches() -> QuerySet[CouponBatch]:
    """Return the batches, each with how many codes it has, gave away and took back."""
    rows = CouponBatch.objects.annotate(
        made=Count("coupons"),
        given=Count("coupons", filter=Q(coupons__given_at__isnull=False)),
        redeemed=Count("coupons", filter=Q(coupons__redeemed_at__isnull=False)),
    )
    return rows.order_by("-created_at", "-pk")


def coupons(batch: CouponBatch) -> QuerySet[Coupon]:
    return Coupon.objects.filter(batch=batch).select_related("redeemed_by").order_by("pk")


def coupon(code: str) -> Coupon | None:
    return Coupon.objects.filter(code=code).select_related("batch", "capture").first()


def unconfirmed(number: int) -> Capture | None:
    """Return the captured contact if its address is still to be confirmed."""
    rows = Capture.objects.filter(pk=number, state=State.WAITING)
    return rows.select_related("touchpoint__form").first()


def given_to(capture: Capture) -> Coupon | None:
    """Return the code that the contact got."""
    return Coupon.objects.filter(capture=capture).select_related("batch").first()


def touchpoint(pk: int) -> Touchpoint | None:
    return Touchpoint.objects.filter(pk=pk).select_related("form").first()


def gift_places() -> list[str]:
    """Return where the files lie that forms give away."""
    rows = CaptureForm.objects.exclude(file_place="")
    return list(rows.values_list("file_place", flat=True))


def form(pk: int) -> CaptureForm | None:
    return every_form().filter(pk=pk).first()


def batch(pk: int) -> CouponBatch | None:
    return batches().filter(pk=pk).first()


def field(form: CaptureForm, pk: int) -> FormField | None:
    return FormField.objects.filter(form=form, pk=pk).select_related("form").first()


def capture(pk: int) -> Capture:
    rows = Capture.objects.select_related(*SHOWN)
    return rows.get(pk=pk)
