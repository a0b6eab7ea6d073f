"""Small helpers of the shell's templates."""

import re
import secrets
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template.context import Context
from django.utils.safestring import SafeString

from mainstay.shared import access

register = template.Library()
_HTML_LANGUAGES = {"zh-hans": "zh-Hans"}
TONES = 6
FIRST_IDEOGRAPH = "\u2e80"


@register.filter
def html_lang(code: str) -> str:
    """Return the language code as HTML writes it."""
    return _HTML_LANGUAGES.get(code, code)


@register.filter
def initials(person: Any) -> str:
    """Return up to two letters for a person or a name; one where a character is a word."""
    name = str(getattr(person, "name", "") or getattr(person, "email", "") or person)
    words = re.findall(r"\w+", name.split("@", maxsplit=1)[0])
    if words and words[0][0] >= FIRST_IDEOGRAPH:
        return str(words[0][0])
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def tone(name: Any) -> int:
    """Return one of the avatar tones, always the same for the same name."""
    return sum(str(name).encode()) % TONES


@register.simple_tag(takes_context=True)
def unique_id(context: Context, name: str) -> str:
    """Return an id that no other element of the page has, fragments fetched later included."""
    request = getattr(context, "request", None)
    if request is None or getattr(request, "htmx", False):
        return f"{name}-{secrets.token_hex(4)}"
    request.unique_ids = getattr(request, "unique_ids", 0) + 1
    return f"{name}-{request.unique_ids}"


@register.filter
def may(person: Any, permission: str) -> bool:
    """Return whether the person has the permission, so that a page offers only what works."""
    return access.can(person, permission)


@register.filter
def control(field: BoundField) -> SafeString:
    """Return the form field's widget in the look of the site."""
    return field.as_widget(attrs={"class": _look(field)})


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choice_list(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxSelectMultiple | RadioSelect)


@register.filter
def choices_of(field: BoundField) -> list[Any]:
    """Return the boxes to tick, each in the look of the site."""
    choices: list[Any] = field.subwidgets
    for choice in choices:
        choice.data["attrs"]["class"] = _look(field)
    return choices


def _look(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect | CheckboxInput):
        look = "form-check-input"
    else:
        look = "form-select" if isinstance(widget, Select) else "form-control"
    parts = (look, "is-invalid" if field.errors else "", widget.attrs.get("class", ""))
    return " ".join(part for part in parts if part)
