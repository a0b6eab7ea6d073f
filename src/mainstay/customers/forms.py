"""Forms about customers, their contacts, addresses and interactions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.customers import queries
from mainstay.customers.custom_fields.form_fields import WithCustomFields
from mainstay.people import permissions
from mainstay.people import queries as people
from mainstay.shared import countries
from mainstay.shared.forms import ActionForm, Day, Line, LongSelect, Paragraphs

LANGUAGES = [
    ("", "–"),
    ("en", "English"),
    ("pl", "Polski"),
    ("ru", "Русский"),
    ("zh-hans", "简体中文"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("uk", "Українська"),
]
KINDS = [("organisation", _("Organisation")), ("person", _("Person"))]
ADDRESS_KINDS = [("main", _("Main")), ("billing", _("Billing")), ("delivery", _("Delivery"))]


def _country(**kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=lambda: [("", "–"), *countries.choices()],
        widget=LongSelect,
        **kwargs,
    )


def narrow(form: forms.Form, user: Any, model_key: str, *, new: bool) -> None:
    """Leave out what is kept from the role; show what it may not change, where there is some."""
    for name, rule in permissions.field_rules(user, model_key).items():
        if name not in form.fields:
            continue
        if rule == permissions.HIDDEN or new:
            del form.fields[name]
        else:
            form.fields[name].disabled = True
            form.fields[name].help_text = _("Your role sees this and does not change it.")


class ParentField(Line):
    """The parent organisation, written by name; chosen from what the user may see."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"list": "parents", "autocomplete": "off"}


class CustomerForm(WithCustomFields):
    SUBJECT = "customer"

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    name = Line(label=_("Name"), help_text=_("As on the invoice."))
    owner: Any = forms.ModelChoiceField(
        label=_("Owner"), queryset=None, required=False, widget=LongSelect
    )
    team: Any = forms.ModelChoiceField(label=_("Team"), queryset=None, required=False)
    country = _country()
    city = Line(label=_("City"), max_length=120, required=False)
    email = Line(label=_("E-mail"), max_length=254, required=False)
    phone = Line(
        label=_("Phone"),
        max_length=40,
        required=False,
        help_text=_("With country code, or in the form of the country chosen."),
    )
    website = Line(label=_("Website"), required=False)
    tax_number = Line(label=_("Tax number"), max_length=40, required=False)
    industry = Line(label=_("Industry"), max_length=120, required=False)
    founded_year = forms.IntegerField(
        label=_("Year founded"), required=False, min_value=1, max_value=9999, localize=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    acquisition_channel: Any = forms.ModelChoiceField(
        label=_("Came by"),
        queryset=None,
        required=False,
        help_text=_("How this customer found us."),
    )
    acquisition_campaign: Any = forms.ModelChoiceField(
        label=_("Campaign"), queryset=None, required=False
    )
    parent_name = ParentField(label=_("Parent organisation"))
    description = Paragraphs(label=_("Description of the business"), required=False)
    particulars = Paragraphs(label=_("Particulars"), required=False)
    relationship = Paragraphs(label=_("History of the relationship"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    WIDE = ("description", "particulars", "relationship")

    def __init__(self, *args: Any, user: Any, customer: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.add_custom_fields(user, customer and customer.pk)
        self.fields["owner"].queryset = people.owners()  # type: ignore[attr-defined]
        self.fields["team"].queryset = people.owning_teams()  # type: ignore[attr-defined]
        self.fields["acquisition_channel"].queryset = queries.channels()  # type: ignore[attr-defined]
        self.fields["acquisition_campaign"].queryset = queries.campaigns()  # type: ignore[attr-defined]
        self.parent: Any = None
        narrow(self, user, "customers.customer", new=customer is None)

    def clean_parent_name(self) -> str:
        """Find the organisation of that name among those the user may see."""
        name = str(self.cleaned_data["parent_name"]).strip()
        if name and name == self.initial.get("parent_name"):
            self.parent = self.initial["parent"]  # it may stand outside the editor's reach
        elif name:
            found = list(queries.organisations_named(self.user, name))
            if len(found) != 1:
                raise forms.ValidationError(_parent_sentence(len(found)) % {"name": name[:80]})
            self.parent = found[0]
        return name

    def values(self) -> dict[str, Any]:
        values = self.without_custom()
        del values["parent_name"], values["version"]
        return values | {"parent": self.parent} | self.custom_values()


def _parent_sentence(count: int) -> Any:
    if count:
        return _("Several organisations are called “%(name)s”; rename one, or leave this empty.")
    return _("No organisation is called “%(name)s”; write the name as it stands in the list.")


class ContactForm(WithCustomFields):
    SUBJECT = "contact"

    name = Line(label=_("Full name"), max_length=150)
    position = Line(label=_("Position"), max_length=120, required=False)
    email = Line(label=_("E-mail"), max_length=254, required=False)
    phone = Line(label=_("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    notes = Paragraphs(label=_("Notes"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, user: Any, contact: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_custom_fields(user, contact and contact.pk)
        narrow(self, user, "customers.contact", new=contact is None)

    def values(self) -> dict[str, Any]:
        skipped = {"position", "version"}
        own = {key: v for key, v in self.without_custom().items() if key not in skipped}
        return own | self.custom_values()


class _Versioned(ActionForm):
    """A small form that says which state of the record its writer had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def arguments(self) -> dict[str, Any]:
        return {"values": self.values(), "version": self.cleaned_data.get("version")}

    def values(self) -> dict[str, Any]:
        return {name: v for name, v in self.written().items() if name != "version"}


class PlaceForm(_Versioned):
    position = Line(label=_("Position"), max_length=120, required=False)
    from_date = Day(label=_("From"), required=False)
    to_date = Day(label=_("Until"), required=False, help_text=_("Empty: works there now."))


class AddressForm(_Versioned):
    kind = forms.ChoiceField(label=_("Kind"), choices=ADDRESS_KINDS)
    street = Line(label=_("Street"), required=False)
    postcode = Line(label=_("Postcode"), max_length=20, required=False)
    city = Line(label=_("City"), max_length=120, required=False)
    region = Line(label=_("Region"), max_length=120, required=False)
    country = _country()

    def __init__(self, *args: Any, user: Any, new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, user, "customers.address", new=new)


class TagsForm(_Versioned):
    tags = Line(
        label=_("Tags"), max_length=1000, required=False, help_text=_("Separated by commas.")
    )

    def both(self, current: Any) -> dict[str, tuple[Any, Any]]:
        stand = ", ".join(queries.tags_of([current.pk]).get(current.pk, []))
        return {"tags": (stand, self.cleaned_data["tags"])}
