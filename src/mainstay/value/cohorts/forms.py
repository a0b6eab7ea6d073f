"""The form of a cohort of one's own."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.forms import ActionForm, Line
from mainstay.value.acquisition.forms import Month


class OwnCohortForm(ActionForm):
    name = Line(label=_("Name"), max_length=80)
    first = Month(label=_("First purchase from month"))
    last = Month(label=_("to month"), help_text=_("The last month that belongs to the cohort."))
