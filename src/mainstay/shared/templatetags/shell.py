"""Small helpers of the shell's templates."""

import re
import secrets
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template.context import Context
from django.utils.safestring import SafeString

from mainstay.shared import access
from mainstay.shared.widgets import escaped

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


@register.simple_tag
def form_field(field: BoundField) -> SafeString:
    """Return the field with label, hint and what is wrong; a menu of filters has twenty of them."""
    errors = field.errors
    hint, wrong = field.help_text, "".join(f"<p>{escaped(e)}</p>" for e in errors)
    if hint:
        hint = f'<div class="form-hint" id="{field.auto_id}_helptext">{escaped(hint)}</div>'
    if wrong:
        wrong = f'<div class="field-errors" id="{field.auto_id}_error">{wrong}</div>'
    look = "field field-wrong" if errors else "field"
    return SafeString(f'<div class="{look}">{_labelled(field)}{hint}{wrong}</div>')


def _labelled(field: BoundField) -> str:
    label = escaped(field.label)
    match field.field.widget:
        case CheckboxInput():
            return _ticked(control(field), label)
        case CheckboxSelectMultiple() | RadioSelect():
            boxes = "".join(_ticked(box.tag(), box.choice_label) for box in _choices(field))
            legend = f'<legend class="form-label">{label}</legend>'
            return f"<fieldset>{legend}{boxes}</fieldset>"
    look = "form-label required" if field.field.required else "form-label"
    return f'<label class="{look}" for="{field.id_for_label}">{label}</label>{control(field)}'


def _ticked(box: str, label: Any) -> str:
    words = f'<span class="form-check-label">{escaped(label)}</span>'
    return f'<label class="form-check">{box}{words}</label>'


def _choices(field: BoundField) -> list[Any]:
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
