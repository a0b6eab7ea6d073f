"""Ways in: password, code from an app, passkey, invitation; and the language one reads."""

import base64
import hmac
import struct
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from mainstay.people.models import Role, User
from tests.factories.people import PASSWORD, UserFactory
from tests.journeys.looking import DESK, PHONE, assert_clean, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person() -> User:
    return UserFactory(name="Olga Owner", role=Role.ADMINISTRATOR)


@pytest.fixture
def later() -> Iterator[Any]:
    """Let the server's clock, which runs in this process, jump: later(seconds)."""
    jumps: list[time_machine.travel] = []

    def jump(seconds: int) -> None:
        jumps.append(time_machine.travel(timezone.now() + timedelta(seconds=seconds)))
        jumps[-1].start()

    yield jump
    for one in reversed(jumps):
        one.stop()


def sign_in(page: Page, site: str, user: User, password: str = PASSWORD) -> None:
    page.goto(f"{site}/accounts/login/?next=/people/profile/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")


def confirm(page: Page, address: str) -> None:
    """Open a page that asks for the password once more."""
    page.goto(address)
    page.wait_for_url("**/reauthenticate/**")
    assert_clean(page)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(address)


def fresh() -> int:
    """Return the seconds until the next code, so that it is not out of date when it arrives."""
    return 30 - int(timezone.now().timestamp()) % 30


def code_now(secret: str) -> str:
    """Return the code an authenticator app shows (RFC 6238, SHA-1, 30 s, 6 digits)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(timezone.now().timestamp()) // 30), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def test_password(page: Page, live_server: Any, person: User) -> None:
    sign_in(page, live_server.url, person, "not the password")
    expect(page.get_by_text("do not belong together")).to_be_visible()
    assert_clean(page)

    sign_in(page, live_server.url, person)
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()
    assert_clean(page)
    sign_out(page)


def test_a_code_from_an_app(page: Page, live_server: Any, person: User, later: Any) -> None:
    sign_in(page, live_server.url, person)
    confirm(page, f"{live_server.url}/accounts/2fa/totp/activate/")
    assert_clean(page)
    secret = page.locator("#authenticator_secret").input_value()
    later(fresh())
    page.locator("[name=code]").fill(code_now(secret))
    page.locator("main form button").last.click()
    page.wait_for_url("**/recovery-codes/**")
    assert_clean(page)
    sign_out(page)

    sign_in(page, live_server.url, person)
    page.wait_for_url("**/2fa/authenticate/**")
    assert_clean(page)
    page.locator("[name=code]").fill("000000")
    page.locator("[name=code]").press("Enter")
    expect(page.get_by_text("This code is not right")).to_be_visible()
    later(60 + fresh())
    page.locator("[name=code]").fill(code_now(secret))
    page.locator("[name=code]").press("Enter")
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()


def test_a_passkey(page: Page, live_server: Any, person: User) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, live_server.url, person)
    confirm(page, f"{live_server.url}/accounts/2fa/webauthn/add/")
    assert_clean(page)
    page.locator("[name=name]").fill("Laptop")
    page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")
    sign_out(page)

    page.goto(f"{live_server.url}/accounts/login/?next=/people/profile/")
    page.locator("#passkey_login").click()
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()


def test_an_invitation(page: Page, live_server: Any, person: User) -> None:
    sign_in(page, live_server.url, person)
    page.get_by_role("link", name="Users and teams").click()
    assert_clean(page)
    page.get_by_role("link", name="Invite").click()
    page.get_by_label("Name").fill("Nina New")
    page.get_by_label("E-mail").fill("nina@example.com")
    page.get_by_label("Role").select_option("analyst")
    assert_clean(page)
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_label("Hand this to nina@example.com").input_value()
    assert_clean(page)
    sign_out(page)

    page.goto(link)
    assert_clean(page)
    page.get_by_label("Password", exact=True).fill("three calm seals")
    page.get_by_label("Password again").fill("three calm seals")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("Your password is set")).to_be_visible()
    sign_in(page, live_server.url, User.objects.get(name="Nina New"), "three calm seals")
    expect(page.get_by_text("nina@example.com · Analyst")).to_be_visible()


def test_the_language_stays_with_the_account(page: Page, live_server: Any, person: User) -> None:
    sign_in(page, live_server.url, person)
    page.get_by_role("button", name="Language").click()
    page.get_by_role("button", name="Polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/accounts/login/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    sign_in(page, live_server.url, person)
    page.wait_for_url("**/people/profile/")
    expect(page.locator("html")).to_have_attribute("lang", "pl")


def test_settings_and_rights_are_readable_by_everybody(
    page: Page, live_server: Any, person: User
) -> None:
    sign_in(page, live_server.url, person)
    page.wait_for_url("**/people/profile/")
    for path in ("", f"{person.pk}/", "teams/", "teams/add/", "company/", "access/", "profile/"):
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.goto(f"{live_server.url}/people/{path}")
            assert_clean(page)
            name = path.strip("/").replace("/", "-") or "members"
            take_picture(page, f"people-{name}-{size['width']}")
