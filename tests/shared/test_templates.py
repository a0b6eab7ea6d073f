"""Every template of the site compiles, and names only icons that exist."""

import re
import zipfile
from pathlib import Path

import lucide
import pytest
from django.template.loader import get_template

import mainstay

SOURCE = Path(mainstay.__file__).parent
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
ICON = re.compile(r"""\{%-?\s*lucide "([^"]+)"|icon="([a-z0-9-]+)\"""")


def names() -> set[str]:
    (archive,) = Path(lucide.__file__).parent.glob("*.zip")
    return {name.removesuffix(".svg") for name in zipfile.ZipFile(archive).namelist()}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_compiles(path: Path) -> None:
    get_template(str(path).split("/templates/", 1)[1])


def test_every_icon_exists() -> None:
    known = names()
    python = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    used = {
        name
        for path in [*TEMPLATES, *python]
        for found in ICON.findall(path.read_text())
        for name in found
        if name
    }

    assert used - known == set()


def test_no_template_carries_script_or_style() -> None:
    """The Content-Security-Policy would refuse them in the browser."""
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|hx-on|<script(?![^>]*(src=|application/json))"
    )

    assert [str(p.relative_to(SOURCE)) for p in TEMPLATES if inline.search(p.read_text())] == []
