"""The form that names who recommended us."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.shared.forms import ActionForm, Line

from . import queries


class RecommendationForm(ActionForm):
    given_by = Line(
        label=gettext_lazy("Recommended by"),
        required=False,
        help_text=gettext_lazy("The customer's name as it stands in the list; empty: nobody."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_given_by(self) -> Any:
        """Find the customer of that name among those the user may see."""
        name = str(self.cleaned_data["given_by"]).strip()
        found = list(queries.named(self.user, name)) if name else []
        if name and len(found) != 1:
            text = (
                _("Several customers are called “%(name)s”; rename one first.")
                if found
                else _("No customer is called “%(name)s”; write the name as it stands in the list.")
            )
            raise forms.ValidationError(text % {"name": name[:80]})
        return found[0] if found else None

    def arguments(self) -> dict[str, Any]:
        return {"given_by": self.cleaned_data["given_by"]}
