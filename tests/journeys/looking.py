"""Looking at a page: is it accessible, does it fit, and what does it look like."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def assert_clean(page: Page) -> None:
    """Fail on any axe violation and on a page wider than the screen.

    The fixture clean_page adds: no console error, so no CSP violation, and no foreign request.
    """
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def look(page: Page, url: str, name: str) -> None:
    """See that the page is clean on a light desk and on a dark phone; leave it on the desk."""
    for theme, size in {"light": DESK, "dark": PHONE}.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wish = {"name": "mainstay_theme", "value": theme, "url": url}
        page.context.add_cookies([wish])  # type: ignore[list-item]
        page.goto(url)
        assert_clean(page)
        take_picture(page, f"{name}-{theme}")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]


def take_picture(page: Page, name: str) -> None:
    """Write name.png into $MAINSTAY_SHOTS if that is set."""
    if folder := os.environ.get("MAINSTAY_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
