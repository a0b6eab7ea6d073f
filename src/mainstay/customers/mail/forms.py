"""Forms of files of e-mails, mailboxes and the company's rules."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mainstay.customers import queries as customers
from mainstay.customers.mail.actions import LARGEST_UPLOAD
from mainstay.customers.mail.choices import FEWEST_MINUTES, MOST_MINUTES, Security
from mainstay.shared.forms import ActionForm, Day, Line, Paragraphs

_DOMAIN = re.compile(r"[a-z0-9\u0080-\uffff]([a-z0-9.\u0080-\uffff-]*[a-z0-9\u0080-\uffff])?")
MOST_LINES = 200
_HOST = re.compile(r"[a-z0-9]([a-z0-9.:-]*[a-z0-9])?")
_VARIABLE = re.compile(r"MAINSTAY_MAIL_[A-Z0-9_]+")


class UploadForm(forms.Form):
    file = forms.FileField(label=_("File"), error_messages={"required": _("Choose a file.")})

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            text = _("The file is larger than 500 MB; split it, or read the mailbox itself.")
            raise ValidationError(text)
        return file


class Lines(Paragraphs):
    """Values, each on its own line, in small letters."""

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (super().to_python(value) or "").splitlines()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def validate(self, value: Any) -> None:
        super().validate("\n".join(value))
        if len(value) > MOST_LINES:
            raise ValidationError(_("Write at most 200 lines."))

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))

    def clean(self, value: Any) -> Any:
        return [line for line in super().clean(value) if line]


class RulesForm(ActionForm):
    """What is ours and what is private."""

    own_domains = Lines(
        label=_("Our own domains"),
        required=False,
        help_text=_(
            "One on each line, such as example.com. The addresses of users are ours anyway."
        ),
    )
    never = Lines(
        label=_("Never read e-mails with"),
        required=False,
        help_text=_("Addresses or whole domains: a doctor, the works council, a law firm."),
    )
    marks = Lines(
        label=_("Private if the subject holds"),
        required=False,
        help_text=_("Whoever writes this into the subject keeps the e-mail off the timelines."),
    )

    def clean_own_domains(self) -> list[str]:
        return [_domain(line) for line in self.cleaned_data["own_domains"]]

    def clean_never(self) -> list[str]:
        return [_address_or_domain(line) for line in self.cleaned_data["never"]]

    def clean_marks(self) -> list[str]:
        marks: list[str] = self.cleaned_data["marks"]
        if short := next((each for each in marks if len(each) < 3), None):  # noqa: PLR2004
            text = _("“%(mark)s” is too short: it would stand in nearly every subject.")
            raise ValidationError(text % {"mark": short})
        return marks


class MailboxForm(ActionForm):
    """Where a mailbox is and how often it is read."""

    name = Line(label=_("Name"), max_length=80, help_text=_("As your people call it."))
    host = Line(label=_("IMAP server"), max_length=253, help_text=_("Such as imap.example.com."))
    port = forms.IntegerField(
        label=_("Port"), min_value=1, max_value=65_535, initial=993, localize=False
    )
    security = forms.ChoiceField(label=_("Encryption"), choices=Security.choices)
    user = Line(label=_("User"), max_length=254)
    secret = Line(
        label=_("Password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept encrypted. Many providers want a password made for programs."),
    )
    variable = Line(
        label=_("Or a variable that holds the password"),
        max_length=80,
        required=False,
        help_text=_("Set on the machine; its name begins with MAINSTAY_MAIL_."),
    )
    folders = Lines(
        label=_("Folders"),
        initial=["INBOX"],
        help_text=_("One on each line, the one of what you sent too. No others are opened."),
    )
    since = Day(label=_("E-mails from this day on"))
    every_minutes = forms.IntegerField(
        label=_("Read every … minutes"),
        min_value=FEWEST_MINUTES,
        max_value=MOST_MINUTES,
        initial=10,
        localize=False,
    )

    def clean_host(self) -> str:
        host: str = self.cleaned_data["host"].lower()
        if not _HOST.fullmatch(host):
            text = _("Write the name of a server, such as imap.example.com.")
            raise ValidationError(text)
        return host

    def clean_variable(self) -> str:
        name: str = self.cleaned_data["variable"]
        if name and (not _VARIABLE.fullmatch(name) or name == "MAINSTAY_MAIL_NETWORKS"):
            text = _("Write a name in capital letters that begins with MAINSTAY_MAIL_.")
            raise ValidationError(text)
        return name

    def arguments(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"secret": values.pop("secret"), "values": values}


class ContactForm(ActionForm):
    """A contact made of whom an e-mail was skipped for."""

    name = Line(label=_("Name"), max_length=150)
    email = Line(label=_("E-mail"), max_length=254)
    position = Line(label=_("Position"), max_length=120, required=False)
    customer = Line(
        label=_("Customer"),
        help_text=_("The customer's name as it stands in the list."),
        widget=forms.TextInput(attrs={"list": "suggested", "autocomplete": "off"}),
    )
    add_customer = forms.BooleanField(
        label=_("Add the organisation if it is not there yet"), required=False
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (typed := given.get("customer")):
            return given
        found = list(customers.customers_named(self.user, typed)[:2])
        if len(found) > 1:
            text = _(
                "Several customers have this name; add the contact on the page of the right one."
            )
            self.add_error("customer", text)
        elif not found and not given.get("add_customer"):
            text = _("No customer has this name. Correct it, or let the organisation be added.")
            self.add_error("customer", text)
        return given | {"found": next(iter(found), None)}

    def arguments(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        values.pop("add_customer")
        typed, found = values.pop("customer"), values.pop("found")
        return {"customer": found or typed, "values": values}


def _domain(line: str) -> str:
    found = line.lower().removeprefix("@")
    if "." not in found or ".." in found or not _DOMAIN.fullmatch(found):
        text = _("“%(line)s” is not a domain; write it like example.com.")
        raise ValidationError(text % {"line": line[:80]})
    return found


def _address_or_domain(line: str) -> str:
    name, at, domain = line.lower().rpartition("@")
    return f"{name}{at}{_domain(domain)}" if name else _domain(line)
