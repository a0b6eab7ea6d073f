"""Addresses of the customer list under filters."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse


def customers_url(**filters: Any) -> str:
    """Return the address of the customer list under these filters."""
    return f"{reverse('customers:list')}?{urlencode(filters)}"
