"""The forms about products and contracts."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.customers import queries as customers
from mainstay.orders import queries
from mainstay.orders.exchange import PLACES
from mainstay.people import queries as people
from mainstay.shared.forms import ActionForm, Amount, Day, Line, set_currency

LARGEST = Decimal(10) ** 9


class ProductForm(ActionForm):
    name = Line(label=_("Name"))
    category: Any = forms.ModelChoiceField(label=_("Category"), queryset=None, required=False)
    unit_cost = Amount(
        label=_("Unit cost"),
        required=False,
        min_value=0,
        max_value=LARGEST,
        help_text=_("What one unit costs you. Empty: unknown, and no margin is computed from it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_cost"].currency = currency  # type: ignore[attr-defined]
        self.fields["category"].queryset = queries.categories()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        known = {name: self.cleaned_data[name] for name in ("name", "category")}
        return known | {"unit_cost_minor": self.cleaned_data["unit_cost"]}


RENEWED = [("", _("not known yet")), ("yes", _("yes")), ("no", _("no"))]


class ContractForm(ActionForm):
    customer = Line(label=_("Customer"), help_text=_("The name as it stands in the list."))
    reference = Line(label=_("Contract number"), max_length=80, required=False)
    starts = Day(label=_("From"))
    ends = Day(label=_("Until"), required=False, help_text=_("Empty: without end."))
    renewed = forms.ChoiceField(
        label=_("Renewed after its end"),
        choices=RENEWED,
        required=False,
        help_text=_("A contract that another one follows needs no answer."),
    )
    yearly_minor = Amount(label=_("Amount a year"), min_value=0)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, user: Any, currency: str, known: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.known = user, known
        set_currency(self, currency)
        if known is not None:
            del self.fields["customer"]

    def clean_customer(self) -> Any:
        """Find the one customer of that name among those the user may see."""
        name = str(self.cleaned_data["customer"]).strip()
        found = list(customers.customers_named(self.user, name)[:2])
        if len(found) == 1:
            return found[0]
        many = _("Several customers are called “%(name)s”; open the one on its page.")
        none = _("No customer is called “%(name)s”; write the name as it stands in the list.")
        raise forms.ValidationError((many if found else none) % {"name": name[:80]})

    def clean_renewed(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["renewed"])

    def values(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k not in ("version", "customer")}

    def arguments(self) -> dict[str, Any]:
        if self.known is not None:
            return {"values": self.values()}
        return {"values": self.values(), "customer": self.cleaned_data["customer"]}


class RateForm(ActionForm):
    currency = forms.ChoiceField(label=_("Currency"))
    day = Day(label=_("From"), help_text=_("It counts until the next rate, at most 31 days."))
    rate = forms.DecimalField(
        min_value=Decimal(1).scaleb(-PLACES),
        max_value=LARGEST,
        max_digits=19,
        decimal_places=PLACES,
        localize=True,
        error_messages={"min_value": _("Give a number above zero, such as 0.92.")},
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = sorted(people.currencies() - {currency})
        choices = [("", _("Choose a currency")), *((code, code) for code in others)]
        self.fields["currency"].choices = choices  # type: ignore[attr-defined]
        text = _("What one unit is worth in %(currency)s")
        self.fields["rate"].label = text % {"currency": currency}

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
