"""What the environment may set, and the sentence for what makes no sense."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mainstay.project import environment

OIDC = {
    "MAINSTAY_OIDC_ISSUER": "https://id.example.com/realm",
    "MAINSTAY_OIDC_CLIENT_ID": "mainstay",
    "MAINSTAY_OIDC_CLIENT_SECRET": "secret",
}


def write(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_without_issuer_there_is_no_single_sign_on() -> None:
    assert environment.identity_provider() == []
    assert environment.origins([]) == []


def test_single_sign_on_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    write(monkeypatch, **OIDC, MAINSTAY_OIDC_FORM_ORIGINS="https://login.example.com")

    [provider] = environment.identity_provider()

    assert (provider["client_id"], provider["name"]) == ("mainstay", "Single sign-on")
    assert environment.origins([provider]) == [
        "https://id.example.com",
        "https://login.example.com",
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"MAINSTAY_OIDC_ISSUER": "http://id.example.com"}, "write https://host/path"),
        ({"MAINSTAY_OIDC_ISSUER": "id.example.com"}, "write https://host/path"),
        ({"MAINSTAY_OIDC_CLIENT_SECRET": ""}, "MAINSTAY_OIDC_CLIENT_SECRET must be set too"),
        ({"MAINSTAY_OIDC_TRUST_EMAIL": "maybe"}, "write yes or no"),
    ],
)
def test_a_wrong_single_sign_on_is_refused(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], sentence: str
) -> None:
    write(monkeypatch, **(OIDC | values))

    with pytest.raises(ImproperlyConfigured, match=sentence):
        environment.identity_provider()


def test_mail_is_sent_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    write(monkeypatch, MAINSTAY_EMAIL_URL="smtp://me:p%40ss@mail.example.com")

    mail = environment.email()

    assert mail["EMAIL_HOST_PASSWORD"] == "p@ss"
    assert (mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"]) == (587, True)


@pytest.mark.parametrize("url", ["mail.example.com", "http://mail.example.com", "smtp://"])
def test_a_wrong_mail_address_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    write(monkeypatch, MAINSTAY_EMAIL_URL=url)

    with pytest.raises(ImproperlyConfigured, match="smtp://user:password@host:587"):
        environment.email()


@pytest.mark.parametrize("value", ["-1", "two", "1.5", "²"])
def test_a_wrong_number_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    write(monkeypatch, MAINSTAY_TRUSTED_PROXIES=value)

    with pytest.raises(ImproperlyConfigured, match="whole number"):
        environment.number("MAINSTAY_TRUSTED_PROXIES", 0)


@pytest.mark.parametrize("value", ["4", "0GiB", "four GiB", "-1GiB"])
def test_a_wrong_size_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    write(monkeypatch, MAINSTAY_ENGINE_MEMORY=value)

    with pytest.raises(ImproperlyConfigured, match="such as 4GiB"):
        environment.memory("MAINSTAY_ENGINE_MEMORY", "1GiB")


def test_sqlite_is_never_memory_mapped() -> None:
    from mainstay.project.environment import SQLITE_INIT

    assert "mmap_size" not in SQLITE_INIT


def test_postgresql_does_not_compile_the_queries_of_a_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(monkeypatch, MAINSTAY_DATABASE_URL="postgresql://anna@db.example.com/shop")

    options = environment.database(tmp_path)["OPTIONS"]

    assert "-c jit=off" in str(options)
    assert "-c lock_timeout=5s" in str(options)
