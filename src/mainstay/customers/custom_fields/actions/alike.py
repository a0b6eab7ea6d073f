"""Holding that no two records have the same in a field, for values that stand there already."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mainstay.customers.custom_fields import queries
from mainstay.customers.custom_fields.models import Definition

from .writing import unique_text

AT_ONCE = 1000


def mark(field: Definition) -> None:
    """Write what must be unlike where the field asks for it, else take it off.

    Raises ValidationError when two records have the same already.
    """
    rows = queries.MODELS[field.subject].objects.filter(field=field)
    if not field.unique:
        rows.update(unique_text=None)
        return
    found: list[Any] = list(rows)
    for row in found:
        row.unique_text = unique_text(queries.held(field, row))
    twice = [text for text, n in Counter(row.unique_text for row in found).items() if n > 1]
    if twice:
        text = _("%(n)d values stand in several records, like “%(value)s”; correct them first.")
        raise ValidationError({"unique": text % {"n": len(twice), "value": twice[0][:80]}})
    rows.model.objects.bulk_update(found, ["unique_text"], batch_size=AT_ONCE)
