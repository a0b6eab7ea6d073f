"""Form widgets written in plain Python: the template engine takes 0.1 ms for each of its parts."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

_FOLDER = "django/forms/widgets/"
_INPUTS = {f"{_FOLDER}{name}.html" for name in ("input", "text", "number", "email", "date")}


class Written(DjangoTemplates):
    """Inputs and selects in the markup of Django's templates; other widgets by the templates."""

    def render(self, template_name: str, context: Any, request: Any = None) -> SafeString:
        if template_name in _INPUTS:
            return SafeString(_input(context["widget"]))
        if template_name == f"{_FOLDER}select.html":
            return SafeString(_select(context["widget"]))
        return SafeString(super().render(template_name, context, request))


def escaped(text: Any) -> str:
    """Return the text for HTML; Django's own function looks twice for promises."""
    written = str(text)
    return written if isinstance(written, SafeString) else escape(written)


def _input(widget: Mapping[str, Any]) -> str:
    name, value = escaped(widget["name"]), widget["value"]
    written = "" if value is None else f' value="{escaped(value)}"'
    return f'<input type="{widget["type"]}" name="{name}"{written}{attributes(widget["attrs"])}>'


def _select(widget: Mapping[str, Any]) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    name = escaped(widget["name"])
    return f'<select name="{name}"{attributes(widget["attrs"])}>{groups}</select>'


def _group(name: Any, options: list[dict[str, Any]]) -> str:
    written = "".join(
        f'<option value="{escaped(option["value"])}"'
        f"{attributes(option['attrs'])}>{escaped(option['label'])}</option>"
        for option in options
    )
    return f'<optgroup label="{escaped(name)}">{written}</optgroup>' if name else written


def attributes(named: Mapping[str, Any]) -> str:
    """Return HTML attributes; True stands without a value, False not at all."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escaped(value)}"'
        for name, value in named.items()
        if value is not False
    )
