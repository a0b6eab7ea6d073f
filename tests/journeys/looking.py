"""Looking at a page: is it accessible, does it fit, and what does it look like."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What another theme or size can break of a page that was clean before.
RULES_OF_LOOKS = [
    "color-contrast",
    "link-in-text-block",
    "scrollable-region-focusable",
    "target-size",
]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def assert_clean(page: Page, rules: list[str] = RULES) -> None:
    """Fail on any axe violation and on a page wider than the screen.

    The fixture clean_page adds: no console error, so no CSP violation, and no foreign request.
    """
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    nodes = [(rule["id"], node) for rule in found for node in rule["nodes"]]
    told = [(rule, node["target"], node["failureSummary"]) for rule, node in nodes]
    assert told == [], told
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def look(page: Page, url: str, name: str) -> None:
    """See that the page is clean on a light desk and, turned into it, on a dark phone."""
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    wish_theme(page, url, "light")
    page.goto(url)
    assert_clean(page)
    take_picture(page, f"{name}-light")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.evaluate("document.dispatchEvent(new CustomEvent('theme-wished', {detail: 'dark'}))")
    assert_clean(page, RULES_OF_LOOKS)
    take_picture(page, f"{name}-dark")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]


def wish_theme(page: Page, url: str, theme: str) -> None:
    wish = {"name": "mainstay_theme", "value": theme, "url": url}
    page.context.add_cookies([wish])  # type: ignore[list-item]


def take_picture(page: Page, name: str) -> None:
    """Write name.png into $MAINSTAY_SHOTS if that is set."""
    if folder := os.environ.get("MAINSTAY_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
