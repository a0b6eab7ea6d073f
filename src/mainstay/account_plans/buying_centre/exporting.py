"""The map as a picture: SVG by the page's own template, PNG set by typst in the fonts we bring."""

from django.template.loader import render_to_string

from mainstay.shared import paper

from .drawing import Map

PAGE = (
    "#set page(width: auto, height: auto, margin: 0pt)\n"
    '#image(bytes(sys.inputs.map), format: "svg")'
)


def svg(shown: Map, title: str) -> str:
    context = {"map": shown, "alone": True, "title": title}
    return render_to_string("buying_centre/map.svg", context)


def png(shown: Map, title: str) -> bytes:
    """Raises: shared.paper.NoFonts."""
    return paper.picture(PAGE, map=svg(shown, title))
