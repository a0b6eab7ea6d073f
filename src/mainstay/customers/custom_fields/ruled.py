"""The company's own fields in the matrix of fields and roles; the definition keeps the answer."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.customers.custom_fields import queries
from mainstay.customers.custom_fields.actions import change_field
from mainstay.customers.custom_fields.models import Definition
from mainstay.customers.custom_fields.rules import Subject
from mainstay.people import queries as people
from mainstay.people.field_matrix import Line
from mainstay.people.permissions import ADMINISTRATOR, GRANTS, HIDDEN, READ_ONLY

GROUPS = {Subject.CUSTOMER: _("Customer"), Subject.CONTACT: _("Contact")}


def lines() -> Iterator[Line]:
    for subject, group in GROUPS.items():
        for field in queries.definitions(subject):
            yield Line(
                subject=f"custom.{subject}",
                field=field.key,
                label=field.label,
                group=_("%(group)s: your own fields") % {"group": group},
                view="customers.view",
                edit="customers.edit",
                standing=_standing(field),
                keep=partial(_keep, field),
            )


def _standing(field: Definition) -> dict[str, str]:
    hidden = {role: HIDDEN for role in GRANTS if field.seen_by and role not in field.seen_by}
    only = {role: READ_ONLY for role in GRANTS if field.edited_by and role not in field.edited_by}
    return only | hidden


def _keep(field: Definition, *, by: Any, now: datetime, rules: Mapping[str, str]) -> None:
    """Write who sees and fills the field: an empty list where no role is kept from it."""
    every = [role for role, _name in people.role_choices()]
    seen = [role for role in every if rules.get(role) != HIDDEN or role == ADMINISTRATOR]
    edited = [role for role in every if role not in rules or role == ADMINISTRATOR]
    values = {
        "seen_by": [] if seen == every else seen,
        "edited_by": [] if edited == every else edited,
    }
    change_field(by=by, now=now, field=field, values=values)
