"""Forms of preferences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.customers.choices import WAYS
from mainstay.customers.forms import LANGUAGES
from mainstay.shared.forms import ActionForm, Line, Paragraphs

CHANNELS = [("", _("No preference")), *WAYS]
RHYTHMS = [
    ("", _("No preference")),
    ("week", _("at most once a week")),
    ("month", _("at most once a month")),
    ("quarter", _("at most once a quarter")),
    ("year", _("at most once a year")),
    ("never", _("not at all")),
]
LONGEST = 1000


class PreferencesForm(ActionForm):
    """What one of us was told; topics may be new ones."""

    channel = forms.ChoiceField(label=_("Preferred channel"), choices=CHANNELS, required=False)
    rhythm = forms.ChoiceField(label=_("How often at most"), choices=RHYTHMS, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    times = Line(label=_("Best times"), required=False, help_text=_("Such as: Tuesday mornings."))
    wanted = Line(
        label=_("Topics wanted"), required=False, max_length=LONGEST, help_text=_("With commas.")
    )
    unwanted = Line(label=_("Topics not wanted"), required=False, max_length=LONGEST)
    likes = Line(
        label=_("Likes"), required=False, max_length=LONGEST, help_text=_("Coffee, sailing, order.")
    )


class SayForm(ActionForm):
    """What the customer is asked; topics are ticked."""

    channel = forms.ChoiceField(label=_("How may we reach you?"), choices=CHANNELS, required=False)
    rhythm = forms.ChoiceField(label=_("How often?"), choices=RHYTHMS, required=False)
    language = forms.ChoiceField(label=_("In which language?"), choices=LANGUAGES, required=False)
    times = Line(label=_("When suits you best?"), required=False)
    wanted = forms.MultipleChoiceField(
        label=_("What would you like to hear about?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    unwanted = forms.MultipleChoiceField(
        label=_("And what not?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, topics: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("wanted", "unwanted"):
            known = [*topics, *self.initial.get(name, [])]
            if known:
                field: Any = self.fields[name]
                field.choices = [(one, one) for one in dict.fromkeys(known)]
            else:
                del self.fields[name]


class TopicsForm(ActionForm):
    names = Paragraphs(label=_("Topics"), required=False, rows=8, help_text=_("One on each line."))

    def arguments(self) -> dict[str, Any]:
        return {"names": self.cleaned_data["names"].splitlines()}
