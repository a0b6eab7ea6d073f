"""Who sends a request without being signed in, as far as that can be told."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the address behind the company's proxies."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # the proxies are not as they were said to be: one address for all
        return ""
