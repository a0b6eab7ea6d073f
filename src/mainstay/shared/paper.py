"""Paper: what a document tells as plain data, set by typst in the fonts we bring.

Everything travels as JSON, so that a customer's name cannot be read as code of the template.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

FONTS = Path(str(files("mainstay.shared").joinpath("fonts")))
DOTS_PER_INCH = 144.0


class NoFonts(Exception):
    """The fonts that paper is set in are missing, for the reason that the text gives."""


def language() -> dict[str, Any]:
    """Return the language of the moment as typst names it: hyphens and Chinese letters follow."""
    lang, _dash, script = (get_language() or "en").partition("-")
    return {"lang": lang, "region": "CN" if script == "hans" else None}


def pdf(template: Path, **told: dict[str, Any]) -> bytes:
    """Return the document as PDF: accessible (PDF/UA), unless no font has a sign of a name."""
    import typst

    compiler = _compiler(template, told)
    made: Any
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        made = compiler.compile(format="pdf")
    return bytes(made)


def asked(template: Path, selector: str, **told: dict[str, Any]) -> Any:
    """Return the value that the template notes at a label, such as how many pages a part takes."""
    answer: Any = _compiler(template, told).query(selector, field="value", one=True)
    return json.loads(answer)


def picture(page: str, **told: str) -> bytes:
    """Return one page, written in typst, as PNG."""
    import typst

    compiler = typst.Compiler(page.encode(), font_paths=_fonts(), sys_inputs=told)
    made: Any = compiler.compile(format="png", ppi=DOTS_PER_INCH)
    return bytes(made)


def _compiler(template: Path, told: dict[str, dict[str, Any]]) -> Any:
    import typst

    return typst.Compiler(
        template,
        root=template.parent,
        font_paths=_fonts(),
        sys_inputs={name: json.dumps(data) for name, data in told.items()},
    )


def _fonts() -> Any:
    import typst

    if not list(FONTS.glob("*.ttf")):
        raise NoFonts(_("The fonts for paper are not installed; run “make assets” once."))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
