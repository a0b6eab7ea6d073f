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


OVERLAPS = [
    (0, _("ends at once")),
    (1, _("signs for another hour")),
    (24, _("signs for another day")),
    (7 * 24, _("signs for another 7 days")),
    (30 * 24, _("signs for another 30 days")),
]


class SecretForm(ActionForm):
    overlap_hours = forms.TypedChoiceField(
        label=_("The old one"), choices=OVERLAPS, coerce=int, initial=24
    )

    def arguments(self) -> dict[str, Any]:
        return self.values()


class ReplayForm(ActionForm):
    since = Moment(label=_("From"))
    until = Moment(label=_("Until before"))

    def arguments(self) -> dict[str, Any]:
        return self.values()
