"""What allauth asks of this site: nobody signs up, changes are audited, secrets are encrypted."""

import base64
import hashlib
from functools import lru_cache
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.people import actions, queries


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together. "
            "Check both, or ask an administrator for a new link."
        ),
        "too_many_login_attempts": _(
            "Too many wrong passwords. Wait five minutes, then try again."
        ),
        "account_inactive": _("This account is deactivated. Ask an administrator."),
        "incorrect_code": _("This code is not right. Wait for the app's next code and type that."),
        "incorrect_password": _("This is not your password. Try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: members are invited by an administrator."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        actions.note_sign_in(by=user, now=timezone.now())

    def set_password(self, user: Any, password: str) -> None:
        actions.set_password(by=user, user=user, password=password, now=timezone.now())

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        actions.note_failed_sign_in(email=str(credentials.get("email", "")), now=timezone.now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Audit what changed about the account, then tell the person by mail."""
        actions.note_account_change(by=user, what=template_prefix, now=timezone.now())
        super().send_notification_mail(template_prefix, user, context, email)


class SocialAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse: the company's identity provider lets in only those who were invited here."""
        return False


class MfaAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"]
    }

    def get_totp_issuer(self) -> str:
        name = queries.company().name
        return f"Mainstay {name}".strip()

    def encrypt(self, text: str) -> str:
        return (
            _cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
            .encrypt(text.encode())
            .decode()
        )

    def decrypt(self, encrypted_text: str) -> str:
        return (
            _cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
            .decrypt(encrypted_text.encode())
            .decode()
        )


@lru_cache(maxsize=4)
def _cipher(*secrets: str) -> MultiFernet:
    """Return the cipher for second factors, keyed by the site's secrets, the newest first."""
    digests = [hashlib.sha256(b"mainstay.mfa:" + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
