"""The company's identity provider lets in who was invited here, and nobody else."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from mainstay.people.models import User

pytestmark = pytest.mark.django_db
KEY = "a key of the provider, long enough for SHA-256"


class Provider(BaseHTTPRequestHandler):
    """A small OpenID Connect provider; `claims` is who stands at its door."""

    claims: dict[str, Any] = {}
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        host = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": host,
                    "authorization_endpoint": f"{host}/authorize",
                    "token_endpoint": f"{host}/token",
                    "userinfo_endpoint": f"{host}/userinfo",
                    "jwks_uri": f"{host}/keys",
                }
            )
        else:
            self.answer(self.claims)

    def do_POST(self) -> None:
        self.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        now = int(timezone.now().timestamp())
        host = f"http://127.0.0.1:{self.server.server_address[1]}"
        known = {"iss": host, "aud": "mainstay", "iat": now, "exp": now + 60, **self.claims}
        token = jwt.encode(known, KEY, algorithm="HS256")
        self.answer({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def answer(self, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def provider(settings: LazySettings) -> Iterator[type[Provider]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "company",
        "name": "Harrow sign-in",
        "client_id": "mainstay",
        "secret": "secret",
        "settings": {
            "server_url": f"http://127.0.0.1:{server.server_address[1]}",
            "oauth_pkce_enabled": True,
            "verified_email": False,
        },
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    Provider.asked = []
    yield Provider
    server.shutdown()
    server.server_close()


def come_in(client: Client, provider: type[Provider], **claims: Any) -> Any:
    """Press the button, be known to the provider as `claims`, and come back."""
    provider.claims = {"sub": "7", "email_verified": True, **claims}
    away = client.post("/accounts/oidc/company/login/")
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = {"code": "c", "state": asked["state"][0]}
    return client.get("/accounts/oidc/company/login/callback/", back, follow=True)


def test_a_member_comes_in(client: Client, provider: type[Provider], analyst: User) -> None:
    come_in(client, provider, email=analyst.email.upper(), name="Ann")

    assert client.session["_auth_user_id"] == str(analyst.pk)
    assert SocialAccount.objects.get().user == analyst


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@example.com"},
        {"email": "", "name": "No address"},
        {"email": "analyst@example.com", "email_verified": False},
    ],
)
def test_nobody_else_does(
    client: Client, provider: type[Provider], analyst: User, claims: dict[str, Any]
) -> None:
    User.objects.filter(pk=analyst.pk).update(email="analyst@example.com")

    answer = come_in(client, provider, **claims)

    assert "_auth_user_id" not in client.session
    assert "administrator" in answer.content.decode()
    assert User.objects.count() == 1


def test_the_deactivated_stay_out(client: Client, provider: type[Provider], analyst: User) -> None:
    User.objects.filter(pk=analyst.pk).update(is_active=False)

    come_in(client, provider, email=analyst.email)

    assert "_auth_user_id" not in client.session


def test_a_refusal_of_the_provider_is_told(client: Client, provider: type[Provider]) -> None:
    client.post("/accounts/oidc/company/login/")
    answer = client.get("/accounts/oidc/company/login/callback/", {"error": "server_error"})

    assert answer.status_code < 500
    assert "_auth_user_id" not in client.session


def test_the_button_is_on_the_page(client: Client, provider: type[Provider]) -> None:
    assert "Harrow sign-in" in client.get("/accounts/login/").content.decode()
