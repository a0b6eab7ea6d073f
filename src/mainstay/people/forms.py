"""Forms about members, teams, oneself and the company."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mainstay.people import queries, rules
from mainstay.shared.forms import ActionForm

SCOPES = {
    "customers:read": _("Read customers"),
    "customers:write": _("Add and change customers"),
    "orders:read": _("Read orders"),
    "orders:write": _("Record orders"),
    "value:read": _("Read customer value"),
    "value:run": _("Start value runs"),
    "value:write": _("Set the terms of customer value, such as who counts as lost"),
    "jobs:read": _("Follow jobs"),
    "jobs:write": _("Cancel jobs and try them again"),
    "webhooks:read": _("Read webhooks and their log"),
    "webhooks:write": _("Add and change webhooks, send events again"),
    "everything:export": _("Export everything"),
}
HUNDRED = Decimal(100)
_PERCENT = _("Write a percentage from 0 to 100, such as 80 or 12.5.")
_DAYS = _("Write a whole number of days from 1 to 365.")
_MONTHS = _("Write a whole number of months from 1 to 120.")


class NamedArguments(ActionForm):
    """A form whose action takes each field as an argument of its own."""

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data


class ShareField(forms.DecimalField):
    """A share between 0 and 1 that people read and write as a percentage."""

    def __init__(self, **kwargs: Any) -> None:
        limits = [MinValueValidator(0, _PERCENT), MaxValueValidator(HUNDRED, _PERCENT)]
        super().__init__(
            max_digits=5,
            decimal_places=2,
            localize=True,
            validators=limits,
            error_messages={
                "invalid": _PERCENT,
                "max_digits": _PERCENT,
                "max_decimal_places": _("Write at most two digits after the decimal sign."),
                "max_whole_digits": _PERCENT,
                "required": _PERCENT,
            },
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        percent = (value * HUNDRED).normalize()
        return format(percent, "f") if percent == percent.to_integral() else percent

    def clean(self, value: Any) -> Any:
        percent = super().clean(value)
        return None if percent is None else percent / HUNDRED


class MemberForm(NamedArguments):
    name = forms.CharField(label=_("Full name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(
        label=_("Role"), choices=queries.role_choices, help_text=_("What this person may do.")
    )
    team: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Team"), queryset=None, required=False, empty_label=_("No team")
    )
    reach = forms.ChoiceField(
        label=_("Sees"),
        required=False,
        choices=lambda: [("", _("As far as the role goes")), *queries.reach_choices()],
        help_text=_("Narrow or widen which customers this person works with."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = queries.teams(user)  # type: ignore[attr-defined]


class MemberFilter(forms.Form):
    """What to show in the list of members; what is not understood narrows nothing."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=lambda: [("", _("Any role")), *queries.role_choices()],
    )
    team: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Team"), queryset=None, required=False, empty_label=_("Any team")
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("Any state")),
            ("active", _("Active")),
            ("invited", _("Invited")),
            ("deactivated", _("Deactivated")),
        ],
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = queries.teams(user)  # type: ignore[attr-defined]

    def wishes(self) -> dict[str, Any]:
        self.is_valid()
        kept = self.cleaned_data
        return {
            "term": kept.get("q", ""),
            "role": kept.get("role", ""),
            "team": kept.get("team"),
            "state": kept.get("state", ""),
        }


class TeamForm(NamedArguments):
    name = forms.CharField(label=_("Name of the team"), max_length=120)


class TokenForm(NamedArguments):
    name = forms.CharField(
        label=_("Name of the program"), max_length=80, help_text=_("So that you know it later.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(scope, f"{SCOPES[scope]} ({scope})") for scope in rules.SCOPES],
    )
    days = forms.TypedChoiceField(
        label=_("It works for"),
        coerce=int,
        initial=90,
        choices=lambda: [
            (days, ngettext("%(days)d day", "%(days)d days", days) % {"days": days})
            for days in rules.TOKEN_DAYS
        ],
    )


class ProfileForm(NamedArguments):
    name = forms.CharField(label=_("Full name"), max_length=150)
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=lambda: [("", _("As the browser asks")), *settings.LANGUAGES],
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=lambda: [("", _("As the company")), *((z, z) for z in rules.time_zones())],
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=queries.theme_choices)


class JoinForm(NamedArguments):
    name = forms.CharField(label=_("Your name"), max_length=150)
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three or four random words are easy to remember."),
    )
    password_again = forms.CharField(
        label=_("Password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.pop("password_again", None) != kept.get("password"):
            self.add_error("password_again", _("The two passwords differ. Type the same twice."))
        return kept

    def show(self, refusal: ValidationError) -> None:
        """Put what is wrong with the password beside the password."""
        if hasattr(refusal, "error_dict"):
            super().show(refusal)
        else:
            self.add_error("password", refusal)


class CompanyForm(NamedArguments):
    name = forms.CharField(label=_("Name of the company"), max_length=200, required=False)
    currency = forms.ChoiceField(
        label=_("Currency"), choices=lambda: [(code, code) for code in sorted(rules.CURRENCIES)]
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [(zone, zone) for zone in rules.time_zones()],
        help_text=_("Days and months of all analyses begin at midnight here."),
    )
    discount_rate = ShareField(
        label=_("Discount rate, % a year"),
        help_text=_("How much less money in a year is worth than money today."),
    )
    abc_a = ShareField(
        label=_("Class A ends at, % of revenue"),
        help_text=_("The best customers that together bring this share are class A."),
    )
    abc_b = ShareField(
        label=_("Class B ends at, % of revenue"), help_text=_("The rest is class C.")
    )
    default_margin = ShareField(
        label=_("Margin where costs are unknown, % of revenue"),
        help_text=_("Used for lifetime value where a product has no cost."),
    )
    horizon_months = forms.IntegerField(
        label=_("Horizon of lifetime value, months"),
        help_text=_("How many months ahead lifetime value looks."),
        min_value=1,
        max_value=120,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "required"), _MONTHS),
    )
    keep_run_months = forms.IntegerField(
        label=_("Customers of value runs, months"),
        help_text=_(
            "All runs of the last 31 days, then one a month, keep what they say of each customer;"
            " after so many months only their sums stay."
        ),
        min_value=1,
        max_value=120,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "required"), _MONTHS),
    )
    keep_import_days = forms.IntegerField(
        label=_("Files of imports, days"),
        help_text=_("Lists of refused rows, and files that nobody went on to import."),
        min_value=1,
        max_value=365,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "required"), _DAYS),
    )
