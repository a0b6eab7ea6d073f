"""Which fields an administrator may keep from a role: the lines of the matrix of fields × roles.

The capability that owns a model governs it in its `ready()`: each field it publishes to readers,
now or later, becomes a line by itself. What keeps its answers elsewhere offers a source of lines.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mainstay.people.permissions import (
    CAPABILITIES,
    FIGURES,
    GRANTS,
    HIDDEN,
    READ_ONLY,
    field_label,
    published_fields,
)

# Figures that stand on many pages are kept back as a whole, by the right that opens them.
_FIGURES = {
    "money.view": _("Every cost, margin and lifetime value, wherever it stands."),
    "value.view": _("Classes, segments, revenue and forecasts, wherever they stand."),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A field of a model, or figures; `edit` is empty where there is nothing to write.

    `keep(by=, now=, rules=)` writes the rules of all roles elsewhere than in `RoleFields`, where
    `standing` says what they are.
    """

    subject: str
    field: str
    label: StrOrPromise
    group: StrOrPromise
    view: str
    edit: str = ""
    note: StrOrPromise = ""
    standing: Mapping[str, str] | None = None
    keep: Callable[..., None] | None = None

    @property
    def key(self) -> str:
        return f"{self.subject}/{self.field}"

    def choices(self, role: str) -> tuple[str, ...]:
        """Return what may be set for the role, first what its rights give it without a rule."""
        if self.view not in GRANTS[role]:
            return ()
        return ("", READ_ONLY, HIDDEN) if self.edit in GRANTS[role] else ("", HIDDEN)


@dataclass(frozen=True)
class Governed:
    group: StrOrPromise
    edit: str
    fixed: frozenset[str]


_governed: dict[str, Governed] = {}
_sources: dict[str, Callable[[], Iterable[Line]]] = {}


def govern(model_key: str, group: StrOrPromise, *, edit: str, fixed: Iterable[str]) -> None:
    """Make a line of each published field of the model, but those without which no page works."""
    _governed[model_key] = Governed(group, edit, frozenset(fixed))


def offer(key: str, lines: Callable[[], Iterable[Line]]) -> None:
    """Add lines that change while the program runs."""
    _sources[key] = lines


def lines() -> list[Line]:
    """Return every line, the figures last."""
    own = [line for key in _governed for line in _fields_of(key)]
    return [*own, *(line for source in _sources.values() for line in source()), *_figures()]


def governed_models() -> frozenset[str]:
    return frozenset(_governed)


def figures() -> frozenset[str]:
    """Return the rights whose figures may be kept from a role."""
    return frozenset(_FIGURES)


def _fields_of(model_key: str) -> Iterator[Line]:
    known = _governed[model_key]
    for name, capability in published_fields(model_key).items():
        if name not in known.fixed and capability not in _FIGURES:
            yield Line(
                subject=model_key,
                field=name,
                label=field_label(model_key, name),
                group=known.group,
                view=capability,
                edit=known.edit,
            )


def _figures() -> Iterator[Line]:
    for right, note in _FIGURES.items():
        yield Line(
            subject=FIGURES,
            field=right,
            label=CAPABILITIES[right],
            group=_("Figures"),
            view=right,
            note=note,
        )


def told(line: Line, role: str, rules: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the rule that stands for the role: nothing, read_only or hidden."""
    if line.standing is not None:
        return line.standing.get(role, "")
    return str(rules.get(role, {}).get(line.subject, {}).get(line.field, ""))
