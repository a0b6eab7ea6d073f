"""Theme and language: kept in a cookie, and by people for whoever is signed in."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

THEMES = ("system", "light", "dark")
THEME_COOKIE = "mainstay_theme"
ONE_YEAR = 365 * 24 * 3600

_keepers: list[Callable[[Any, str, str], None]] = []


def kept_by(keep: Callable[[Any, str, str], None]) -> None:
    """Take over the function keep(user, "theme" or "language", value)."""
    _keepers[:] = [keep]


def theme(request: HttpRequest) -> str:
    """Return the theme to draw: the cookie's, else the person's, else the system's."""
    wished = request.COOKIES.get(THEME_COOKIE) or getattr(request.user, "theme", "")
    return wished if wished in THEMES else "system"


def remember(request: HttpRequest, response: HttpResponse, name: str, value: str) -> None:
    """Put a preference into the cookie and, for a signed-in person, into the account."""
    cookie = THEME_COOKIE if name == "theme" else settings.LANGUAGE_COOKIE_NAME
    response.set_cookie(cookie, value, ONE_YEAR, samesite="Lax", secure=settings.HTTPS)
    if request.user.is_authenticated:
        for keep in _keepers:
            keep(request.user, name, value)
