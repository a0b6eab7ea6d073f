"""Views of lists that people keep."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.people.models import SavedView, User
from mainstay.people.permissions import ADMINISTRATOR
from mainstay.records.actions import record

LONGEST_QUERY = 2000


@transaction.atomic
def keep_view(
    *, by: User, key: str, name: str, query: str, shared: bool, now: datetime
) -> SavedView:
    """Keep a list's filter under a name; the same name again takes the new filter."""
    view = SavedView.objects.filter(user=by, list_key=key, name=name.strip()).first()
    view = view or SavedView(user=by, list_key=key, name=name.strip())
    if len(query) > LONGEST_QUERY:
        raise ValidationError({"name": _("This filter is too long to be kept; use fewer values.")})
    view.query, view.shared = query, shared
    view.clean_fields(exclude=["user", "query"])
    view.save()
    record(by=by, verb="view.kept", target=view, new={"list": key, "query": query}, now=now)
    return view


@transaction.atomic
def remove_view(*, by: User, pk: int, now: datetime) -> None:
    """Remove one's own view; an administrator also removes what others share."""
    views = SavedView.objects.filter(pk=pk)
    mine = views if by.role == ADMINISTRATOR else views.filter(user=by)
    for view in mine:
        record(by=by, verb="view.removed", target=view, old={"query": view.query}, now=now)
        view.delete()
