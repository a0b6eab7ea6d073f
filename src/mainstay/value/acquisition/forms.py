"""The forms about channels, campaigns and what they cost."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.customers.queries import campaigns, channels
from mainstay.shared.forms import ActionForm, Amount, Line, LongSelect, Paragraphs, set_currency

MOST_CAMPAIGNS = 50


class Month(forms.DateField):
    """A month, picked in the browser's own calendar or typed as 2026-03; its value is a day."""

    def __init__(self, **kwargs: Any) -> None:
        look = forms.DateInput(attrs={"type": "month", "placeholder": "2026-03"}, format="%Y-%m")
        wrong = {"invalid": _("Write the month as year and month, such as 2026-03.")}
        kwargs = {"widget": look, "error_messages": wrong, **kwargs}
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d"], **kwargs)


class ChannelForm(ActionForm):
    name = Line(label=_("Name"), max_length=80, help_text=_("Such as a fair, the website, calls."))
    campaigns = Paragraphs(
        label=_("New campaigns"),
        max_length=5_000,
        required=False,
        help_text=_("One name on each line; each can have costs of its own."),
    )

    def clean_campaigns(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["campaigns"].splitlines()]
        if len(names) > MOST_CAMPAIGNS:
            words = _("These are more than %(n)d campaigns; add them in several turns.")
            raise forms.ValidationError(words % {"n": MOST_CAMPAIGNS})
        return names


class CampaignForm(ActionForm):
    name = Line(label=_("Name"), max_length=120)


class CostForm(ActionForm):
    channel: Any = forms.ModelChoiceField(label=_("Channel"), queryset=None, widget=LongSelect)
    campaign: Any = forms.ModelChoiceField(
        label=_("Campaign"),
        queryset=None,
        required=False,
        widget=LongSelect,
        help_text=_("Empty: a cost of the channel as a whole."),
    )
    month = Month(label=_("Month"))
    amount_minor = Amount(
        label=_("Cost"),
        min_value=0,
        help_text=_("All that was paid to win customers this way: adverts, stand, travel, wages."),
    )
    note = Line(label=_("For what"), max_length=200, required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = channels()  # type: ignore[attr-defined]
        field: Any = self.fields["campaign"]
        field.queryset = campaigns()
        field.label_from_instance = lambda row: f"{row.name} · {row.channel.name}"
        set_currency(self, currency)
