"""Charts with their numbers written in the language of the report."""

from typing import Any

from mainstay.analysis import drawing
from mainstay.project.analyse.language import spoken


def draw(spec: dict[str, Any], *, title: str) -> str:
    """Return the picture of a chart."""
    language = spoken()
    return drawing.draw(spec, title=title, separators=(language.group, language.decimal))
