"""Users, their teams and roles, and the company they work for."""

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.people import rules
from mainstay.shared.fields import Text
from mainstay.shared.models import Stamped


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    MANAGER = "manager", _("Manager")
    ACCOUNT_MANAGER = "account_manager", _("Account manager")
    SERVICE_AGENT = "service_agent", _("Service agent")
    ANALYST = "analyst", _("Analyst")
    READ_ONLY = "read_only", _("Read-only")


class Theme(models.TextChoices):
    SYSTEM = "system", _("As the system")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Reach(models.TextChoices):
    OWN = "own", _("Own records")
    TEAM = "team", _("Records of the team")
    ALL = "all", _("All records")


class Team(Stamped):
    name = Text(_("name"), max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(Stamped, AbstractBaseUser):
    """A member of staff who signs in with an e-mail address."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = Text(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.READ_ONLY)
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="members", verbose_name=_("team")
    )
    # Empty: as far as the role goes.
    reach = models.CharField(_("sees"), max_length=4, choices=Reach, blank=True, default="")
    # What an administrator set for the role, kept here too so that no page has to look it up.
    role_reach = models.CharField(
        max_length=4, choices=Reach, blank=True, default="", db_default="", editable=False
    )
    # What is set for the role, field by field: {"customers.customer": {"email": "hidden"}}.
    field_rules = models.JSONField(default=dict, blank=True, editable=False)
    # Something may be shared with this person, or was: only then is it looked for.
    reads_shared = models.BooleanField(default=False, db_default=False, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    language = models.CharField(_("language"), max_length=10, blank=True, default="")
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True, default="")
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.SYSTEM)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        if self.language and self.language not in dict(settings.LANGUAGES):
            raise ValidationError({"language": _("Choose one of the listed languages.")})
        refuse_unknown_time_zone(self.time_zone, blank=True)


class RoleReach(models.Model):
    """How far a role sees, where an administrator set it apart from what comes with the program."""

    role = models.CharField(_("role"), max_length=20, choices=Role, unique=True)
    reach = models.CharField(_("sees"), max_length=4, choices=Reach)

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.get_reach_display()}"


class RoleFields(models.Model):
    """Which fields a role does not see, or sees and does not change.

    `rules` leads from a model to its fields to “hidden” or “read_only”; what it does not name is
    as the role's rights say. Each member of the role carries a copy.
    """

    role = models.CharField(_("role"), max_length=20, choices=Role, unique=True)
    rules = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.get_role_display())


class AccessLink(models.Model):
    """A link by which a person sets a password: an invitation, or a new start for a member.

    Only the hash of its token is kept, so that nobody can read a working link here.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="access_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at=None, revoked_at=None),
                name="one_open_link_per_user",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(revoked_at=None),
                name="link_used_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"


class ApiToken(Stamped):
    """A key for a program that acts as its user, within the scopes; only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = Text(_("name"), max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    beginning = models.CharField(max_length=12)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index("user", models.F("id").desc(), name="token_of_user")]

    def __str__(self) -> str:
        return self.name


def refuse_unknown_time_zone(name: str, *, blank: bool = False) -> None:
    """Raise a sentence unless the time zone exists; blank stands for the company's."""
    if name not in rules.time_zones() and not (blank and name == ""):
        raise ValidationError(
            {"time_zone": _("Choose a time zone from the list, such as Europe/Warsaw.")}
        )


def _share(default: str) -> Any:
    return models.DecimalField(
        max_digits=5,
        decimal_places=4,
        default=Decimal(default),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
    )


class Company(Stamped):
    """The company that uses Mainstay: one row, with the policy numbers its analyses share."""

    name = Text(_("name"), max_length=200, blank=True, default="")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    discount_rate = _share("0.1000")
    abc_a = _share("0.8000")
    abc_b = _share("0.9500")
    default_margin = _share("0.5000")
    horizon_months = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    keep_run_months = models.PositiveSmallIntegerField(
        default=24, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    keep_import_days = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )

    def clean(self) -> None:
        super().clean()
        refuse_unknown_time_zone(self.time_zone)
        if self.currency not in rules.CURRENCIES:
            raise ValidationError(
                {"currency": _("Write the three letters of a currency, such as EUR or PLN.")}
            )
        if self.abc_a >= self.abc_b:
            raise ValidationError(
                {"abc_b": _("Class B must end higher than class A. Raise this or lower class A.")}
            )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_company"),
            models.CheckConstraint(
                condition=models.Q(abc_a__lt=models.F("abc_b")), name="a_before_b"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SavedView(Stamped):
    """A list's filter, sort and columns, kept under a name by a user."""

    user = models.ForeignKey("people.User", models.CASCADE, related_name="saved_views")
    list_key = models.CharField(max_length=60)
    name = Text(max_length=80)
    query = models.TextField()
    shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "list_key", "name"], name="view_name_once")
        ]

    def __str__(self) -> str:
        return self.name
