"""Where records are merged, and where a tombstone leads; other pages link here."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.customers import pages
from mainstay.customers.merging import queries
from mainstay.customers.merging.actions.merge import MOST


def address(subject: str, pks: Iterable[int]) -> str:
    """Return the address of the page that shows these records side by side."""
    numbers = list(pks)
    if len(numbers) > MOST:
        raise ValidationError(_("Merge at most %(n)d records at once.") % {"n": MOST})
    return f"{reverse('merging:compare')}?{query(subject, numbers)}"


def query(subject: str, pks: Iterable[int]) -> str:
    return urlencode([("subject", subject), *(("record", pk) for pk in pks)])


def url(subject: str, pk: int) -> str:
    """Return the page of a customer or contact."""
    if subject == "contact":
        return reverse("customers:contact", args=[pk])
    return pages.url(pk)


def moved_to(subject: str, row: Any) -> str:
    """Return the page of the record that stands for a tombstone; empty for any other record."""
    if row.archived_at is None:
        return ""
    kept = queries.into(subject, row.pk)
    return url(subject, kept) if kept else ""
