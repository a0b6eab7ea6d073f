"""Django settings; everything a company may change comes from the environment."""

import os
from pathlib import Path

import django_stubs_ext
from django.utils.translation import gettext_lazy

from mainstay.project import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = env.data_dir()
DEBUG = env.flag("MAINSTAY_DEBUG")
HTTPS = env.flag("MAINSTAY_HTTPS", default=False)
SECRET_KEY = env.secret_key(DATA_DIR)
ALLOWED_HOSTS = env.words("MAINSTAY_ALLOWED_HOSTS", "127.0.0.1 localhost")
CSRF_TRUSTED_ORIGINS = env.words("MAINSTAY_TRUSTED_ORIGINS")
DATABASES = {"default": env.database(DATA_DIR)}
# Administrators may import files that lie on the server, below this folder only.
IMPORT_DIR = os.environ.get("MAINSTAY_IMPORT_DIR", "")
MIRROR_URL = os.environ.get("MAINSTAY_MIRROR_URL", f"parquet:{DATA_DIR / 'mirror'}")
# Of the analytics engine here; beyond it, it works on disk in the data folder.
ENGINE_MEMORY = env.memory("MAINSTAY_ENGINE_MEMORY", "1GiB")
# The model of purchases that value runs use; best: whichever the holdout chooses.
VALUE_MODEL = os.environ.get("MAINSTAY_VALUE_MODEL", "best")

INSTALLED_APPS = [
    "mainstay.project.moving",
    "mainstay.project",
    "mainstay.cockpit",
    "mainstay.value.farewell",
    "mainstay.account_plans.buying_centre",
    "mainstay.account_plans.relationship",
    "mainstay.account_plans.portal",
    "mainstay.account_plans.reviews",
    "mainstay.account_plans",
    "mainstay.value",
    "mainstay.orders",
    "mainstay.customers.duplicates",
    "mainstay.customers.segments",
    "mainstay.customers.custom_fields",
    "mainstay.customers.lifecycle",
    "mainstay.customers.merging",
    "mainstay.customers.talks",
    "mainstay.customers.todo",
    "mainstay.customers.preferences",
    "mainstay.customers.quality",
    "mainstay.customers.privacy",
    "mainstay.customers.capture",
    "mainstay.customers.sharing",
    "mainstay.customers.profiling",
    "mainstay.customers.mail",
    "mainstay.customers.imports",
    "mainstay.customers",
    "mainstay.people",
    "mainstay.records",
    "mainstay.shared.events",
    "mainstay.shared.jobs",
    "mainstay.shared",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "template_partials",
]

MIDDLEWARE = [
    "mainstay.shared.request_id.middleware",
    "mainstay.shared.rest.problems.middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "mainstay.people.middleware.PreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "mainstay.project.urls"
WSGI_APPLICATION = "mainstay.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            # `unlocalize` is for the numbers of rows in addresses: 1234, never 1,234.
            "builtins": ["django.templatetags.l10n"],
            "libraries": {"lucide": "mainstay.shared.templatetags.icons"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mainstay.shared.context.shell",
            ],
        },
    },
]

FORM_RENDERER = "mainstay.shared.widgets.Written"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("pl", "Polski"), ("ru", "Русский"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [PACKAGE / "shared" / "locale"]
FORMAT_MODULE_PATH = ["mainstay.shared.formats"]
FILTERS_EMPTY_CHOICE_LABEL = gettext_lazy("any")
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.folder(DATA_DIR / "static")
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Webhooks go to the open internet only, and to these networks: "10.1.0.0/16 127.0.0.0/8".
WEBHOOK_NETWORKS = env.networks("MAINSTAY_WEBHOOK_NETWORKS")
# Mailboxes are on the open internet only, and on these networks.
MAIL_NETWORKS = env.networks("MAINSTAY_MAIL_NETWORKS")

CACHES = {
    "default": {
        # Sign-in limits must hold across processes.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []
TASKS = {"default": {"BACKEND": "mainstay.shared.jobs.backend.LeasedBackend"}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["mainstay.people.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

IDENTITY_PROVIDER = env.identity_provider()

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
        # The browser follows a sign-in form on to the company's identity provider.
        "form-action": ["'self'", *env.origins(IDENTITY_PROVIDER)],
    }
}

# Generic model classes in annotations, at run time too.
django_stubs_ext.monkeypatch()


ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "mainstay.people.adapters.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("MAINSTAY_TRUSTED_PROXIES", 0)
MFA_ADAPTER = "mainstay.people.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# An administrator vouches for every address: nobody signs up.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "mainstay.people.adapters.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": IDENTITY_PROVIDER}}
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "oidc"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False

# Mail for password resets and account notices; without it administrators hand out links instead.
EMAIL_CONFIGURED = bool(os.environ.get("MAINSTAY_EMAIL_URL"))
globals().update(env.email())
