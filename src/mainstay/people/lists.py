"""What people give to every list: the views its readers keep."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.people import actions, queries
from mainstay.shared.lists.saved import Keeper, SavedView


def keeper() -> Keeper:
    return Keeper(views=_views, keep=_keep, remove=_remove)


def _views(user: Any, key: str) -> list[SavedView]:
    return [
        SavedView(pk=view.pk, name=view.name, query=view.query, mine=view.user_id == user.pk)
        for view in queries.saved_views(user, key)
    ]


def _keep(user: Any, key: str, name: str, query: str, *, shared: bool) -> str:
    """Return a sentence when the name does not fit, nothing when the view is kept."""
    try:
        actions.keep_view(
            by=user, key=key, name=name, query=query, shared=shared, now=timezone.now()
        )
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def _remove(user: Any, pk: int) -> None:
    actions.remove_view(by=user, pk=pk, now=timezone.now())
