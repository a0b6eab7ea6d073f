"""What every change of a key account begins with."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from mainstay.customers.queries import changed_by
from mainstay.people.permissions import require

from . import queries

EDIT = "accounts.edit"


def require_edit(by: Any, account: queries.Account) -> None:
    """Raise PermissionDenied with a sentence unless the person may change this account."""
    require(by, EDIT)
    if account.is_former:
        text = _("%(name)s is no longer a key account; choose it again to go on with its plan.")
        raise PermissionDenied(text % {"name": account.customer})
    if not changed_by(by).filter(pk=account.pk).exists():
        text = _("%(name)s is shared with you to look at; ask its owner to change it.")
        raise PermissionDenied(text % {"name": account.customer})
