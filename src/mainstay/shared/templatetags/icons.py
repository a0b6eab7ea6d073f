"""Icons, each drawn once per process: `{% load lucide %}` means this library."""

from functools import lru_cache
from typing import Any

from django import template
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide as drawn

register = template.Library()
_kept = lru_cache(maxsize=512)(drawn)


@register.simple_tag
def lucide(name: str, *, size: int | None = 24, **attributes: Any) -> SafeString:
    """Return the icon as an inline SVG; the package parses and copies a tree for each."""
    return SafeString(_kept(name, size=size, **attributes))
