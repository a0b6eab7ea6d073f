"""A real Chromium on a live server; every journey also fails on what it must never do."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, Request

# Playwright runs a loop in the test's own thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = os.environ.get("MAINSTAY_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium on PATH (set MAINSTAY_CHROMIUM)")
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    size = {"width": 1440, "height": 900}
    still = {"reduced_motion": "reduce"}  # colours on their way to others have no contrast yet
    usual = {"viewport": size, "locale": "en-GB", "timezone_id": "UTC"}
    return {**browser_context_args, **usual, **still}


@pytest.fixture(autouse=True)
def plain_files(settings: LazySettings) -> None:
    """Serve static files by their own names: nothing was collected."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def clean_page(page: Page, live_server: Any) -> Iterator[None]:
    """Nothing leaves the site, and the console stays empty (a CSP violation lands there)."""
    outside: list[str] = []
    errors: list[str] = []

    def on_request(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            outside.append(request.url)

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(f"{message.text} {message.location.get('url', '')}".strip())

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: errors.append(str(error)))

    yield

    assert outside == [], "a page asked another host"
    assert errors == [], "the browser's console shows errors"


@pytest.fixture
def signed_in_page(page: Page, live_server: Any) -> Callable[[Any], Page]:
    """Return the browser page with this person signed in: signed_in_page(owner)."""

    def page_of(user: Any) -> Page:
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return page_of
