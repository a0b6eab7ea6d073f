"""Note who recommended us to a customer."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.actions.cleaning import may_edit
from mainstay.customers.models import Customer
from mainstay.records.actions import record

from .models import Recommendation


@transaction.atomic
def note_recommendation(
    *, by: Any, now: datetime, customer: Customer, given_by: Customer | None
) -> None:
    """Note who recommended us to the customer; None: nobody, as far as is known."""
    may_edit(by, customer=customer)
    if given_by is not None and given_by.pk == customer.pk:
        message = _("A customer cannot have recommended itself; choose another.")
        raise ValidationError({"given_by": message})
    known = Recommendation.objects.select_for_update().filter(customer=customer)
    before = known.select_related("given_by").first()
    if (before.given_by_id if before else None) == (given_by.pk if given_by else None):
        return
    if given_by is None:
        known.delete()
    else:
        values = {"given_by": given_by, "noted_by": by}
        Recommendation.objects.update_or_create(customer=customer, defaults=values)
    old = {"recommended_by": str(before.given_by) if before else ""}
    new = {"recommended_by": str(given_by or "")}
    record(by=by, verb="customer.recommended", target=customer, old=old, new=new, now=now)
