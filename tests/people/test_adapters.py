"""Signing in is limited, audited, and its secrets are encrypted."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.conf import LazySettings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client

from mainstay.people.adapters import MfaAdapter
from mainstay.people.hashers import Argon2
from mainstay.people.models import User
from mainstay.records.models import AuditEvent
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def enter(client: Client, email: str, password: str) -> str:
    form = {"login": email, "password": password}
    return client.post("/accounts/login/", form).content.decode()


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))


def test_passwords_are_hashed_as_owasp_names_it(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = [f"{Argon2.__module__}.{Argon2.__qualname__}"]

    assert make_password("three calm seals").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_signing_in_and_failing_to_are_audited(client: Client, analyst: User) -> None:
    assert "do not belong together" in enter(client, analyst.email, "wrong")
    assert "do not belong together" in enter(client, "nobody@example.com", "wrong")
    enter(client, analyst.email.upper(), PASSWORD)

    assert verbs() == ["user.sign_in_failed", "user.signed_in"]


def test_guessing_is_slowed_down(client: Client, analyst: User) -> None:
    for _attempt in range(5):
        enter(client, analyst.email, "wrong")

    assert "Too many wrong passwords" in enter(client, analyst.email, PASSWORD)
    assert "user.signed_in" not in verbs()


def test_the_deactivated_do_not_come_in(client: Client, analyst: User) -> None:
    User.objects.filter(pk=analyst.pk).update(is_active=False)

    enter(client, analyst.email, PASSWORD)

    assert client.get("/people/profile/").status_code == 302


@pytest.mark.parametrize(
    "text", ["\x00", "a\ud800@example.com", "x" * 5000, "'; --", "٣@example.com"]
)
def test_odd_input_is_refused_calmly(client: Client, text: str) -> None:
    safe = text.encode("utf-8", "replace").decode()

    assert client.post("/accounts/login/", {"login": safe, "password": safe}).status_code == 200


def test_a_changed_password_is_audited(client: Client, analyst: User) -> None:
    enter(client, analyst.email, PASSWORD)
    form = {
        "oldpassword": PASSWORD,
        "password1": "three calm seals",
        "password2": "three calm seals",
    }

    client.post("/accounts/password/change/", form)

    assert verbs() == ["user.signed_in", "user.password_changed"]
    assert client.get("/people/profile/").status_code == 200


def test_second_factors_are_not_stored_in_the_clear(analyst: User) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(analyst, secret)
    codes = RecoveryCodes.activate(analyst).get_unused_codes()

    stored = str(list(Authenticator.objects.values("data")))
    assert secret not in stored
    assert [code for code in codes if code in stored] == []


def test_an_older_key_still_reads_and_another_does_not(settings: LazySettings) -> None:
    settings.SECRET_KEY = "an older key of this site"
    kept = MfaAdapter().encrypt("secret")

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a newer key", [settings.SECRET_KEY]
    assert MfaAdapter().decrypt(kept) == "secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        MfaAdapter().decrypt(kept)
