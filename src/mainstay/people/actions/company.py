"""The company's settings: the policy numbers that all analyses share."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.people import rules
from mainstay.people.models import Company, User
from mainstay.people.permissions import require
from mainstay.people.queries import forget_company
from mainstay.records.actions import record

SETTINGS = (
    "name",
    "currency",
    "time_zone",
    "discount_rate",
    "abc_a",
    "abc_b",
    "default_margin",
    "horizon_months",
    "keep_run_months",
    "keep_import_days",
)
# Answers of higher capabilities to: is there money recorded in the present currency?
_money_is_kept: list[Callable[[], bool]] = []
# What higher capabilities do, in the same transaction, when settings changed.
_followers: list[Callable[[Collection[str]], None]] = []


def follow_settings(follow: Callable[[Collection[str]], None]) -> None:
    """Call `follow` with the names of the settings, in the transaction that changes them."""
    _followers.append(follow)


def keep_currency_while(there_is_money: Callable[[], bool]) -> None:
    """Refuse to change the currency while this says that amounts are recorded in it."""
    _money_is_kept.append(there_is_money)


@transaction.atomic
def change_company(*, by: User | None, now: datetime, **wanted: Any) -> Company:
    """Change the company's settings; `by=None` is the program, at set-up."""
    if by is not None:
        require(by, "people.admin")
    company = Company.objects.select_for_update().filter(id=1).first() or Company(id=1)
    old = _facts(company)
    for name in SETTINGS:
        setattr(company, name, wanted.get(name, getattr(company, name)))
    if company.currency != old["currency"] and any(kept() for kept in _money_is_kept):
        raise ValidationError(
            {
                "currency": _(
                    "Orders are recorded in %(currency)s, so the currency stays. "
                    "Amounts would be wrong, not converted."
                )
                % {"currency": old["currency"]}
            }
        )
    company.full_clean()
    company.save()
    forget_company()
    before, after = rules.changes(old, _facts(company))
    if after:
        for follow in _followers:
            follow(after.keys())
        record(by=by, verb="company.changed", target=company, old=before, new=after, now=now)
    return company


def _facts(company: Company) -> dict[str, object]:
    return {name: getattr(company, name) for name in SETTINGS}
