"""Tell the action table who is in the buying centre, so that it proposes lines for them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from mainstay.account_plans.action_plans.people import known_by
from mainstay.account_plans.action_plans.proposing import Somebody
from mainstay.analysis.accounts.buying_centre import CLASSIC

from . import queries, words
from .models import Member


def people(customer: Any) -> list[Somebody]:
    """Return the people whose contact is known, the most influential first."""
    rows = list(queries.members(customer.pk))
    classic = {role.key: role.classic for role in queries.roles()}
    names = {row.pk: row.name for row in rows}
    return [
        Somebody(
            row.contact,
            row.name,
            [role for role in CLASSIC if role in {classic.get(key) for key in row.roles}],
            row.goals,
            ", ".join(_standing(row, names)),
        )
        for row in sorted(rows, key=lambda row: -(row.influence or 0))
        if queries.is_known(row)
    ]


def _standing(row: Member, names: dict[int, str]) -> Iterator[str]:
    if row.influence is not None:
        yield _("influence %(n)s of 5") % {"n": row.influence}
    if row.support is not None:
        yield str(words.SUPPORT_NAMES[row.support][1])
    if boss := names.get(row.reports_to_id or 0):
        yield _("reports to %(name)s") % {"name": boss}


def publish() -> None:
    known_by(people)
