"""In which records a user may find words: a hit would tell what stands in a hidden field."""

from typing import Any

from django.db.models import Q

from mainstay.customers.rules import SEARCHED_FIELDS
from mainstay.people.permissions import kept_from
from mainstay.shared import text


def searched(user: Any, typed: str) -> Q:
    """Return the customers among which the user may look for the words."""
    return _searched(user, "customers.customer", typed)


def contacts_searched(user: Any, typed: str) -> Q:
    return _searched(user, "customers.contact", typed)


def _searched(user: Any, model_key: str, typed: str) -> Q:
    """Return no limit where all that is searched is seen, else that the name holds the words."""
    if not kept_from(user, model_key) & set(SEARCHED_FIELDS):
        return Q()
    found = Q()
    for term in text.search_terms(typed):
        found &= Q(sort_name__startswith=term) | Q(sort_name__contains=f" {term}")
    return found
