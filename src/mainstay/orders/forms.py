"""The form about a product."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.orders import queries
from mainstay.shared import money
from mainstay.shared.forms import ActionForm, Line

LARGEST = Decimal(10) ** 9


class ProductForm(ActionForm):
    name = Line(label=_("Name"))
    category: Any = forms.ModelChoiceField(label=_("Category"), queryset=None, required=False)
    unit_cost = forms.DecimalField(
        label=_("Unit cost"),
        required=False,
        min_value=0,
        max_value=LARGEST,
        localize=True,
        help_text=_("What one unit costs you. Empty: unknown, and no margin is computed from it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["category"].queryset = queries.categories()  # type: ignore[attr-defined]

    def clean_unit_cost(self) -> Decimal | None:
        cost: Decimal | None = self.cleaned_data["unit_cost"]
        places = money.digits(self.currency)
        if cost is not None and cost != round(cost, places):
            text = _("%(currency)s has %(places)d decimal places; write no more.")
            raise forms.ValidationError(text % {"currency": self.currency, "places": places})
        return cost

    def values(self) -> dict[str, Any]:
        cost = self.cleaned_data["unit_cost"]
        minor = None if cost is None else int(cost.scaleb(money.digits(self.currency)))
        known = {name: self.cleaned_data[name] for name in ("name", "category")}
        return known | {"unit_cost_minor": minor}
