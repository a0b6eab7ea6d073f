"""What people write of an endpoint."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.shared.events import catalogue
from mainstay.shared.forms import ActionForm, Line, Moment


class EndpointForm(ActionForm):
    name = Line(
        label=_("Name"), max_length=80, help_text=_("So that you know it later: “Warehouse”.")
    )
    url = Line(
        label=_("Address"),
        max_length=500,
        help_text=_("Starts with https:// and is open to the internet."),
        widget=forms.URLInput(attrs={"placeholder": "https://example.com/hook"}),
    )
    events = forms.MultipleChoiceField(
        label=_("Send when"),
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(kind.name, kind.label) for kind in catalogue.kinds()],
    )


class ReplayForm(ActionForm):
    since = Moment(label=_("From"))
    until = Moment(label=_("Until before"))

    def arguments(self) -> dict[str, Any]:
        return self.values()
