"""The form that shares a customer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.people import queries as people
from mainstay.shared.forms import ActionForm, Day

KINDS = [("", _("to look at it")), ("edit", _("to change it"))]


class ShareForm(ActionForm):
    user: Any = forms.ModelChoiceField(label=_("Colleague"), queryset=None, required=False)
    team: Any = forms.ModelChoiceField(label=_("or a team"), queryset=None, required=False)
    kind = forms.ChoiceField(label=_("For what"), choices=KINDS, required=False)
    until = Day(label=_("Until"), required=False, help_text=_("Empty: until you take it back."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields
        choices["user"].queryset = people.owners()
        choices["team"].queryset = people.owning_teams()

    def arguments(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        may_edit = values.pop("kind") == "edit"
        return values | {"may_edit": may_edit}
