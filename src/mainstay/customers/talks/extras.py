"""What others show on the page of a conversation; `publish` in their `apps.ready()`."""

from collections.abc import Callable
from typing import Any

Source = Callable[[Any, Any], dict[str, Any] | None]
_sources: dict[str, Source] = {}


def publish(template: str, source: Source) -> None:
    """Let `source(user, conversation)` fill the template, or give None where it has nothing."""
    _sources[template] = source


def extras(user: Any, talk: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the templates to show with what each needs."""
    given = ((template, source(user, talk)) for template, source in _sources.items())
    return [(template, context) for template, context in given if context is not None]
