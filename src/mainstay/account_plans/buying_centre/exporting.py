"""The map as a picture: SVG by the page's own template, PNG set by typst in the fonts we bring."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .drawing import Map

FONTS = Path(str(files("mainstay.shared").joinpath("fonts")))
DOTS_PER_INCH = 144.0
PAGE = (
    "#set page(width: auto, height: auto, margin: 0pt)\n"
    '#image(bytes(sys.inputs.map), format: "svg")'
)


class NoFonts(Exception):
    """The fonts for pictures are missing, for the reason that the text gives."""


def svg(shown: Map, title: str) -> str:
    context = {"map": shown, "alone": True, "title": title}
    return render_to_string("buying_centre/map.svg", context)


def png(shown: Map, title: str) -> bytes:
    import typst

    if not list(FONTS.glob("*.ttf")):
        raise NoFonts(_("The fonts for paper are not installed; run “make assets” once."))
    fonts: Any = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    compiler = typst.Compiler(
        PAGE.encode(), font_paths=fonts, sys_inputs={"map": svg(shown, title)}
    )
    made: Any = compiler.compile(format="png", ppi=DOTS_PER_INCH)
    return bytes(made)
