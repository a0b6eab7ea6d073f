"""Segments that come with the program: every capability registers its own in `ready()`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A rule under a name; it becomes an ordinary segment, shared with everybody."""

    key: str
    name: StrOrPromise
    description: StrOrPromise
    definition: Mapping[str, Any]


_presets: dict[str, Preset] = {}


def register(*presets: Preset) -> None:
    _presets.update({preset.key: preset for preset in presets})


def every() -> list[Preset]:
    return list(_presets.values())
