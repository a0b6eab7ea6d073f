"""What every page of the site needs around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from mainstay.shared import navigation, preferences


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates `shell`: theme, languages, navigation; worked out on first use."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, Any]:
    signed_in = hasattr(request, "user") and request.user.is_authenticated
    sections, tabs = navigation.shown(request) if signed_in else ([], [])
    return {
        "theme": preferences.theme(request),
        "language": get_language() or settings.LANGUAGE_CODE,
        "languages": settings.LANGUAGES,
        "signed_in": signed_in,
        "layout": "shared/page.html" if signed_in else "shared/entrance.html",
        "sections": sections,
        "tabs": tabs,
    }
