"""Forms of the library."""

from django.utils.translation import gettext_lazy

from mainstay.shared.forms import ActionForm, Line, Paragraphs


class EntryForm(ActionForm):
    name = Line(label=gettext_lazy("Name"), max_length=120)
    text = Paragraphs(label=gettext_lazy("In other words"), max_length=600, rows=2, required=False)
