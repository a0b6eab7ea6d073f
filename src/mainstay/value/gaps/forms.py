"""Forms about a customer's wallet and about how a product market grows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.orders.queries import categories
from mainstay.shared.forms import ActionForm, Amount, Day, Line, Percent, set_currency

from .choices import Confidence, Origin


class MarketField(forms.ModelChoiceField[Any]):
    """A category of products, taken as a market."""

    def __init__(self) -> None:
        super().__init__(label=_("Product market"), queryset=None, empty_label=_("Choose a market"))


class WalletForm(ActionForm):
    category: Any = MarketField()
    wallet = Amount(
        label=_("Bought in a year, from everybody"),
        min_value=0,
        help_text=_("What the customer spends on this market in twelve months, with us included."),
    )
    low = Amount(label=_("At least"), required=False, min_value=0)
    high = Amount(label=_("At most"), required=False, min_value=0)
    origin = forms.ChoiceField(label=_("Source"), choices=Origin.choices)
    note = Line(label=_("Note"), max_length=500, required=False)
    confidence = forms.ChoiceField(
        label=_("Confidence"), choices=Confidence.choices, initial=Confidence.MEDIUM
    )
    known_on = Day(label=_("Known on"))
    share_now = Percent(
        label=_("The customer's own market share now, %"),
        required=False,
        help_text=_("Of the market it sells in. Empty: unknown, and taken as steady."),
    )
    share_then = Percent(label=_("Its market share in twelve months, %"), required=False)

    AMOUNTS = ("wallet", "low", "high")

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories()  # type: ignore[attr-defined]
        set_currency(self, currency)

    def values(self) -> dict[str, Any]:
        known = super().values()
        return {f"{name}_minor" if name in self.AMOUNTS else name: v for name, v in known.items()}


class MarketForm(ActionForm):
    category: Any = MarketField()
    growth = Percent(label=_("Growth in the next 12 months, %"), least=-100, most=1000)
    source = Line(label=_("Source"), help_text=_("Where the figure comes from, such as a study."))
    known_on = Day(label=_("Known on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories()  # type: ignore[attr-defined]
