"""What the environment may set, read once, with a sentence for every bad value."""

import os
import re
import secrets
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SQLITE_INIT = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
    # The page cache is large and the file is never memory-mapped: a stray write through a mapping
    # would reach the file.
    "PRAGMA trusted_schema=OFF;PRAGMA cache_size=-131072;PRAGMA temp_store=MEMORY;"
)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "yes", "true", "0", "no", "false"}:
        return default if value == "" else value in {"1", "yes", "true"}
    raise ImproperlyConfigured(f"{name} is {value!r}; write yes or no.")


def words(name: str, default: str = "") -> list[str]:
    return [word for word in os.environ.get(name, default).replace(",", " ").split() if word]


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if value.isascii() and value.isdigit():
        return int(value)
    if value:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number, 0 or more.")
    return default


def networks(name: str) -> list[str]:
    """Return networks such as 10.1.0.0/16, separated by spaces."""
    found = words(name)
    for each in found:
        try:
            ip_network(each)
        except ValueError as error:
            text = f"{name} has {each!r}; write networks such as 10.1.0.0/16."
            raise ImproperlyConfigured(text) from error
    return found


def memory(name: str, default: str) -> str:
    value = os.environ.get(name, "").strip() or default
    if re.fullmatch(r"[1-9][0-9]*(\.[0-9]+)? ?[MGT]i?B", value):
        return value
    raise ImproperlyConfigured(f"{name} is {value!r}; write a size such as 4GiB.")


def data_dir() -> Path:
    return folder(Path(os.environ.get("MAINSTAY_DATA_DIR", "var")).resolve())


def folder(path: Path) -> Path:
    """Return the folder, made if it was not there."""
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key(data: Path) -> str:
    """Return MAINSTAY_SECRET_KEY, or the key kept in the data folder, made on first start."""
    if key := os.environ.get("MAINSTAY_SECRET_KEY"):
        return key
    path = data / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


# Compiling a query takes longer than any page's query runs; the pages' indexes stand in memory.
POSTGRESQL = (
    "lock_timeout=5s",
    "idle_in_transaction_session_timeout=60s",
    "jit=off",
    "random_page_cost=1.1",
)


def database(data: Path) -> dict[str, object]:
    """Return the database settings from MAINSTAY_DATABASE_URL: sqlite:///file, postgresql://…."""
    url = os.environ.get("MAINSTAY_DATABASE_URL", f"sqlite:///{data / 'mainstay.sqlite3'}")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path.removeprefix("/") if parts.path == "/:memory:" else parts.path)
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")) or "mainstay",
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            # ?host=/run/… names the folder of a Unix socket.
            "HOST": parts.hostname or parse_qs(parts.query).get("host", [""])[0],
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "OPTIONS": {"options": " ".join(f"-c {each}" for each in POSTGRESQL)},
        }
    raise ImproperlyConfigured(
        f"MAINSTAY_DATABASE_URL starts with {parts.scheme!r}; write sqlite:///file or postgresql://…"
    )


def _sqlite(name: str) -> dict[str, object]:
    return {
        "ENGINE": "mainstay.shared.sqlite",
        "NAME": name,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_INIT},
    }


def identity_provider() -> list[dict[str, object]]:
    """Return the OIDC provider named by MAINSTAY_OIDC_ISSUER, …_CLIENT_ID, …_CLIENT_SECRET."""
    issuer = os.environ.get("MAINSTAY_OIDC_ISSUER", "").strip()
    if not issuer:
        return []
    missing = [
        name
        for name in ("MAINSTAY_OIDC_CLIENT_ID", "MAINSTAY_OIDC_CLIENT_SECRET")
        if not os.environ.get(name)
    ]
    if missing:
        raise ImproperlyConfigured(
            f"MAINSTAY_OIDC_ISSUER is set, so {' and '.join(missing)} must be set too."
        )
    parts = urlsplit(issuer)
    # Tokens are trusted because of the encrypted connection; only a test runs without.
    if not parts.hostname or (parts.scheme != "https" and parts.hostname not in LOOPBACK):
        raise ImproperlyConfigured(f"MAINSTAY_OIDC_ISSUER is {issuer!r}; write https://host/path.")
    return [
        {
            "provider_id": "company",
            "name": os.environ.get("MAINSTAY_OIDC_NAME", "Single sign-on"),
            "client_id": os.environ["MAINSTAY_OIDC_CLIENT_ID"],
            "secret": os.environ["MAINSTAY_OIDC_CLIENT_SECRET"],
            "settings": {
                "server_url": issuer,
                "oauth_pkce_enabled": True,
                # Some providers never say that they checked an address; a company may vouch.
                "verified_email": flag("MAINSTAY_OIDC_TRUST_EMAIL"),
            },
        }
    ]


def origins(providers: list[dict[str, object]]) -> list[str]:
    """Return where a sign-in form may lead: the issuer, and MAINSTAY_OIDC_FORM_ORIGINS."""
    if not providers:
        return []
    issuer = urlsplit(os.environ["MAINSTAY_OIDC_ISSUER"].strip())
    return [f"{issuer.scheme}://{issuer.netloc}", *words("MAINSTAY_OIDC_FORM_ORIGINS")]


def email() -> dict[str, object]:
    """Return the mail settings from MAINSTAY_EMAIL_URL: smtp://user:password@host:587 or smtps://."""
    url = os.environ.get("MAINSTAY_EMAIL_URL", "").strip()
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "MAINSTAY_EMAIL_URL is not understood; write smtp://user:password@host:587."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in LOOPBACK,
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": os.environ.get("MAINSTAY_EMAIL_FROM", f"mainstay@{parts.hostname}"),
    }
