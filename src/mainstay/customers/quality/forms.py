"""Forms of rules, findings and returned mail."""

import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.customers.forms import CustomerForm, narrow
from mainstay.people import queries as people
from mainstay.shared.forms import ActionForm, Line, Paragraphs

KINDS = [
    ("", _("organisations and people")),
    ("organisation", _("organisations")),
    ("person", _("people")),
]
LARGEST_WEIGHT, LARGEST_LIMIT = 100, 3650


class RuleForm(ActionForm):
    enabled = forms.BooleanField(label=_("In use"), required=False)
    weight = forms.IntegerField(
        label=_("Weight"),
        min_value=1,
        max_value=LARGEST_WEIGHT,
        help_text=_("How much of the score is lost; only the relation of the weights counts."),
    )
    limit = forms.IntegerField(min_value=1, max_value=LARGEST_LIMIT)
    kind = forms.ChoiceField(label=_("For"), choices=KINDS, required=False)
    classes = Line(
        label=_("Only value classes"),
        required=False,
        max_length=8,
        help_text=_("Like A or AB; empty: every class, and who has none."),
    )

    def __init__(self, *args: Any, rule: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rule.limit is None:
            del self.fields["limit"]
        else:
            self.fields["limit"].label = str(rule.limit_label).capitalize()

    def clean_classes(self) -> str:
        return "".join(str(self.cleaned_data["classes"]).upper().split())


class PlanForm(ActionForm):
    every_days = forms.IntegerField(
        label=_("Check the file every so many days"),
        min_value=0,
        max_value=366,
        help_text=_("0: only when somebody asks for it."),
    )


class IgnoreForm(ActionForm):
    reason = Line(label=_("Why this is no error"))

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class BounceForm(ActionForm):
    emails = Paragraphs(
        label=_("Addresses that mail came back from"),
        rows=4,
        help_text=_("One in each line; the next check finds who has them."),
    )
    reason = Line(label=_("What the server said"), required=False)

    def arguments(self) -> dict[str, Any]:
        return {
            "emails": self.cleaned_data["emails"].splitlines(),
            "reason": self.cleaned_data["reason"],
        }


class FixForm(ActionForm):
    """Only the fields that a finding is about, as the form of the whole record has them."""

    def __init__(self, *args: Any, names: tuple[str, ...], user: Any, **kwargs: Any) -> None:
        model_key = kwargs.pop("model_key")
        super().__init__(*args, **kwargs)
        for name in names:
            self.fields[name] = copy.deepcopy(CustomerForm.base_fields[name])
        if "owner" in names:
            self.fields["owner"].queryset = people.owners()  # type: ignore[attr-defined]
        narrow(self, user, model_key, new=False)
