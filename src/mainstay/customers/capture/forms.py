"""Forms that staff fill in about capture, and the forms that they build for others."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.customers import queries as customers
from mainstay.customers.privacy import queries as privacy
from mainstay.customers.privacy.choices import ConsentChannel
from mainstay.shared import countries
from mainstay.shared.forms import ActionForm, Day, Line, LongSelect, Paragraphs

from . import queries

LANGUAGES = [("en", "English"), ("pl", "Polski"), ("ru", "Русский"), ("zh-hans", "简体中文")]
GIFTS = [
    ("none", _("A thank-you")),
    ("link", _("A link, to a file or a page")),
    ("file", _("A file")),
    ("coupon", _("A coupon code")),
]
FIELD_KINDS = [
    ("name", _("Full name")),
    ("email", _("E-mail")),
    ("phone", _("Phone")),
    ("organisation", _("Organisation")),
    ("position", _("Position")),
    ("city", _("City")),
    ("country", _("Country")),
    ("industry", _("Industry")),
    ("text", _("Own question: text")),
    ("choice", _("Own question: choice")),
    ("yes_no", _("Own question: yes or no")),
]
MEDIA = [
    ("link", _("Link")),
    ("web", _("On a web page")),
    ("qr", _("QR code")),
    ("counter", _("Point of sale")),
    ("phone", _("Telephone")),
]
CHANNELS = ConsentChannel.choices
OWN = ("text", "choice", "yes_no")
MOST_VISITORS = 10_000_000


class CaptureFormForm(ActionForm):
    name = Line(label=_("Name"), max_length=80, help_text=_("Only you see it."))
    title = Line(label=_("Heading"), max_length=120)
    intro = Paragraphs(label=_("Text above the fields"), max_length=2000, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    gift = forms.ChoiceField(label=_("In return"), choices=GIFTS)
    gift_link = Line(label=_("Link"), max_length=400, required=False)
    upload = forms.FileField(
        label=_("File"), required=False, help_text=_("Such as a guide as PDF; up to 20 MB.")
    )
    batch: Any = forms.ModelChoiceField(label=_("Coupons from"), queryset=None, required=False)
    thanks = Paragraphs(label=_("Text shown afterwards"), max_length=2000, required=False)
    purpose: Any = forms.ModelChoiceField(
        label=_("Consent"),
        queryset=None,
        required=False,
        empty_label=_("No consent is asked for"),
        help_text=_("The purposes stand under Personal data; consents go to their ledger."),
    )
    consent_channel = forms.ChoiceField(label=_("Agrees to be reached by"), choices=CHANNELS)
    wording = Paragraphs(
        label=_("Wording of the consent"),
        max_length=2000,
        required=False,
        help_text=_("Kept with each contact, word for word."),
    )
    consent_required = forms.BooleanField(label=_("Only with consent"), required=False)
    confirmed_by_mail = forms.BooleanField(
        label=_("The address is confirmed by e-mail"),
        required=False,
        help_text=_(
            "Counts once mail is set up; until then contacts come in at once. Who agrees to a "
            "purpose with double opt-in is always asked."
        ),
    )
    channel: Any = forms.ModelChoiceField(
        label=_("Counts for the channel"), queryset=None, required=False
    )
    campaign: Any = forms.ModelChoiceField(label=_("Campaign"), queryset=None, required=False)
    sites = Line(
        label=_("Web sites that may show it"),
        max_length=600,
        required=False,
        help_text=_("Like https://www.example.com, several with spaces; empty: none."),
    )
    script = Paragraphs(
        label=_("What the agent says"),
        max_length=8000,
        rows=5,
        required=False,
        help_text=_("A step in each line, shown beside the fields on the telephone page."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].queryset = privacy.agreed_to()  # type: ignore[attr-defined]
        self.fields["batch"].queryset = queries.batches()  # type: ignore[attr-defined]
        self.fields["channel"].queryset = customers.channels()  # type: ignore[attr-defined]
        self.fields["campaign"].queryset = customers.campaigns()  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        values = self.values()
        return {"upload": values.pop("upload"), "values": values}


class FieldForm(ActionForm):
    kind = forms.ChoiceField(label=_("Field"), choices=FIELD_KINDS)
    label = Line(
        label=_("Question"),
        max_length=120,
        required=False,
        help_text=_("Empty: as the field is called."),
    )
    options = Paragraphs(
        label=_("Choices"), max_length=2000, required=False, help_text=_("One in each line.")
    )
    required = forms.BooleanField(label=_("Must be filled in"), required=False)


class TouchpointForm(ActionForm):
    name = Line(label=_("Where"), max_length=80, help_text=_("Like: stand at the spring fair."))
    medium = forms.ChoiceField(label=_("How"), choices=MEDIA)


class VisitorsForm(ActionForm):
    visitors = forms.IntegerField(
        label=_("Visitors counted by hand"), min_value=0, max_value=MOST_VISITORS
    )


class BatchForm(ActionForm):
    name = Line(label=_("Name"), max_length=80)
    benefit = Line(label=_("What it is good for"), help_text=_("Like: 10 % on the first order."))
    begins = Line(label=_("Codes begin with"), max_length=8, required=False)
    count = forms.IntegerField(label=_("How many codes"), min_value=1, max_value=10_000)
    valid_until = Day(label=_("Valid until"), required=False)

    def arguments(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        count, prefix = values.pop("count"), values.pop("begins")
        return {"count": count, "values": {**values, "prefix": prefix}}


class RedeemForm(ActionForm):
    code = Line(label=_("Code"), max_length=40)
    note = Line(label=_("Note"), required=False, help_text=_("Like the number of the receipt."))

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AttachForm(ActionForm):
    customer = Line(
        label=_("Customer"), help_text=_("The customer's name as it stands in the list.")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_customer(self) -> Any:
        found = list(customers.customers_named(self.user, self.cleaned_data["customer"])[:2])
        if len(found) != 1:
            raise forms.ValidationError(
                _("Exactly one customer must have this name; write it as it stands in the list.")
            )
        return found[0]

    def arguments(self) -> dict[str, Any]:
        return {"customer": self.cleaned_data["customer"]}


class BuiltForm(ActionForm):
    """A form as it was built: what visitors and agents fill in."""

    def __init__(self, data: Any, *, form: Any, rows: Iterable[Any]) -> None:
        super().__init__(data, auto_id="field-%s")
        self.rows = list(rows)
        for row in self.rows:
            self.fields[_name(row)] = _field(row)
        if form.purpose_id is not None:
            self.fields["consented"] = forms.BooleanField(
                label=form.wording, required=form.consent_required
            )

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        plain = {row.kind: data[_name(row)] for row in self.rows if row.kind not in OWN}
        answers = [[row.label, _answer(data[_name(row)])] for row in self.rows if row.kind in OWN]
        given = [[label, answer] for label, answer in answers if answer]
        return {**plain, "answers": given, "consented": data.get("consented", False)}


class PublicForm(BuiltForm):
    """The same for visitors, with what keeps programs out: a field nobody sees, a signed token."""

    fax = forms.CharField(required=False, max_length=200, label=_("Leave this empty"))
    token = forms.CharField(widget=forms.HiddenInput, max_length=400)

    @property
    def is_trap_sprung(self) -> bool:
        return bool(self.data.get("fax"))


def _name(row: Any) -> str:
    return f"f{row.pk}"


def _answer(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes")) if value else ""
    return str(value)


LOOKS: dict[str, dict[str, str]] = {
    "email": {"autocomplete": "email", "inputmode": "email"},
    "phone": {"autocomplete": "tel", "inputmode": "tel"},
    "name": {"autocomplete": "name"},
    "organisation": {"autocomplete": "organization"},
}
LENGTHS = {"email": 254, "phone": 40, "name": 150, "organisation": 200, "text": 1000}


def _field(row: Any) -> forms.Field:
    known: dict[str, Any] = {"label": str(row), "required": row.required}
    match row.kind:
        case "country":
            choices = [("", "–"), *countries.choices()]
            return forms.ChoiceField(choices=choices, widget=LongSelect, **known)
        case "choice":
            options = [each.strip() for each in row.options.splitlines() if each.strip()]
            choices = [("", "–"), *zip(options, options, strict=True)]
            return forms.ChoiceField(choices=choices, **known)
        case "yes_no":
            return forms.BooleanField(**known)
        case kind:
            look = forms.TextInput(attrs=LOOKS.get(kind))
            return Line(max_length=LENGTHS.get(kind, 120), widget=look, **known)
