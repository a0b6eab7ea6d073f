"""The lists that answer a question of customer value with one click."""

from typing import Any

from django.urls import reverse

from mainstay.shared.lists.saved import shipped


def ready_lists(user: Any) -> list[dict[str, str]]:
    """Return the name and the address of each list that the user may open."""
    base = reverse("customers:list")
    return [
        {"name": str(view.name), "url": f"{base}?{view.query}"}
        for view in shipped(user, "customers")
    ]
