"""Forms of questions and answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.customers import queries as customers
from mainstay.shared.forms import ActionForm, DayInput, Line, Paragraphs

from . import actions

KINDS = [
    ("text", _("Text")),
    ("number", _("Number")),
    ("day", _("Day")),
    ("yes_no", _("Yes or no")),
    ("choice", _("Choice")),
]
FOR = [
    ("", _("organisations and people")),
    ("organisation", _("organisations")),
    ("person", _("people")),
]
FIELDS = [
    ("", _("kept as an answer")),
    ("industry", _("Industry")),
    ("city", _("City")),
    ("website", _("Website")),
    ("founded_year", _("Year founded")),
    ("tax_number", _("Tax number")),
    ("description", _("Description of the business")),
]
CONFIDENCE = [("high", _("said so")), ("medium", _("probably")), ("low", _("guessed"))]
OUTCOMES = ("answered", "declined", "asked")


class QuestionForm(ActionForm):
    text = Line(label=_("Question"), required=False)
    kind = forms.ChoiceField(label=_("Answer"), choices=KINDS)
    options = Paragraphs(
        label=_("Choices"), max_length=2000, required=False, help_text=_("One in each line.")
    )
    customer_kind = forms.ChoiceField(label=_("For"), choices=FOR, required=False)
    field = forms.ChoiceField(label=_("Written to"), choices=FIELDS, required=False)
    worth = forms.IntegerField(
        label=_("Worth"),
        min_value=1,
        max_value=100,
        help_text=_("Of the open questions the one worth most is asked."),
    )
    valid_days = forms.IntegerField(
        label=_("Asked again after days"), min_value=0, max_value=7300, help_text=_("0: never.")
    )
    rest_days = forms.IntegerField(
        label=_("Left alone for days when there was no answer"), min_value=0, max_value=3650
    )
    enabled = forms.BooleanField(label=_("In use"), required=False)


class AnswerForm(ActionForm):
    """The answer to one question, asked of a customer."""

    value = Line(label=_("Answer"), max_length=1000, required=False)
    contact: Any = forms.ModelChoiceField(label=_("Asked"), queryset=None, required=False)
    confidence = forms.ChoiceField(label=_("How sure"), choices=CONFIDENCE)

    def __init__(self, *args: Any, question: Any, customer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = customers.contacts_at(customer)  # type: ignore[attr-defined]
        self.fields["contact"].empty_label = "–"  # type: ignore[attr-defined]
        if (widget := widget_for(question)) is not None:
            self.fields["value"].widget = widget

    def arguments(self) -> dict[str, Any]:
        """Return the answer with what was pressed: answered, declined or only asked."""
        values = dict(self.cleaned_data)
        contact, outcome = values.pop("contact"), self.data.get("outcome", "answered")
        values |= {"outcome": outcome if outcome in OUTCOMES else "answered"}
        return {"contact": contact, "values": values}


def widget_for(question: Any) -> forms.Widget | None:
    """Return what the answer is typed or chosen with; None: a plain line."""
    match question.kind:
        case "day":
            return DayInput()
        case "number":
            return forms.TextInput(attrs={"inputmode": "numeric"})
        case "yes_no":
            return forms.Select(choices=[("", "–"), ("yes", _("yes")), ("no", _("no"))])
        case "choice":
            options = [(each, each) for each in actions.choices(question)]
            return forms.Select(choices=[("", "–"), *options])
        case _:
            return None
