"""The form of the levers: an empty field leaves its lever where it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.shared import money
from mainstay.shared.forms import ActionForm, Amount, Line, Paragraphs, Percent, set_currency
from mainstay.shared.templatetags.figures import percent

from .outcome import LEVERS, Today

COST = "cost_"


class LeverForm(ActionForm):
    """Levers read from an address; nothing is written."""

    retention = Percent(label=gettext_lazy("Retention a year, %"), required=False)
    margin = Percent(label=gettext_lazy("Gross margin, %"), required=False, least=-100)
    discount_rate = Percent(
        label=gettext_lazy("Discount rate a year, %"), required=False, least=-99, most=1000
    )

    def __init__(self, *args: Any, today: Today, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, minor in today.costs.items():
            if minor > 0:
                self.fields[COST + key] = _cost(today.names[key], minor, currency)
        if today.policy.retention is None:
            del self.fields["retention"]
        for name in LEVERS:
            if name in self.fields:
                text = _("today %(figure)s") % {"figure": percent(getattr(today.policy, name), 1)}
                self.fields[name].help_text = text
        set_currency(self, currency)

    def values(self) -> dict[str, Any]:
        known = super().values()
        costs = {
            name.removeprefix(COST): value
            for name, value in known.items()
            if name.startswith(COST) and value is not None
        }
        kept = {name: value for name, value in known.items() if not name.startswith(COST)}
        return {**kept, "costs": costs}


class ScenarioForm(LeverForm):
    """The same levers, unseen, with a name to keep them under."""

    name = Line(label=gettext_lazy("Name"), max_length=120)
    note = Paragraphs(
        label=gettext_lazy("What is to be done"), max_length=2000, rows=2, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="keep_%s", **kwargs)


def _cost(name: str, minor: int, currency: str) -> forms.Field:
    text = _("today %(figure)s") % {"figure": money.written(minor, currency, 0)}
    return Amount(label=name, required=False, min_value=0, help_text=text)


def initial(scenario: Any, currency: str) -> dict[str, Any]:
    """Return the levers of a scenario as the form shows them."""
    levers = {name: getattr(scenario, name) for name in ("name", "note", *LEVERS)}
    costs = {COST + key: money.major(cost, currency) for key, cost in scenario.costs.items()}
    return {name: value for name, value in (levers | costs).items() if value is not None}
