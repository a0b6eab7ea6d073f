"""The next question inside another form: one at each contact, answered where that is noted."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.shared.forms import Line

from . import queries
from .bank import words
from .forms import widget_for
from .presenters import why

NOT_ANSWERED = [("", "–"), ("declined", _("Does not want to say")), ("asked", _("No answer yet"))]


class AsksNext(forms.Form):
    """Adds the question that is worth most now, where there is one."""

    NAMES = ("question", "answer", "not_answered")

    question_asked: Any = None

    def ask_next(self, customer: Any, today: date) -> None:
        """Add the question; a form that comes back asks what it asked when it was opened."""
        number, reason = str(self.data.get("question", "")), ""
        if self.is_bound:
            found = int(number) if number.isascii() and number.isdigit() else 0
            self.question_asked = queries.question_for(customer, found) if found else None
        else:
            self.question_asked, choice = queries.next_for(customer, today)
            reason = why(choice, self.question_asked) if choice else ""
        if self.question_asked is not None:
            self._add(self.question_asked, reason)

    def _add(self, question: Any, reason: str) -> None:
        hidden = forms.HiddenInput()
        self.fields["question"] = forms.CharField(
            widget=hidden, initial=question.pk, required=False
        )
        self.fields["answer"] = Line(
            label=words(question), max_length=1000, required=False, help_text=reason
        )
        if (widget := widget_for(question)) is not None:
            self.fields["answer"].widget = widget
        self.fields["not_answered"] = forms.ChoiceField(
            label=_("Or"), choices=NOT_ANSWERED, required=False
        )

    def answered(self) -> dict[str, Any] | None:
        """Return the question with what came of asking it; None where it was not asked."""
        typed = str(self.cleaned_data.get("answer") or "").strip()
        outcome = "answered" if typed else self.cleaned_data.get("not_answered")
        if self.question_asked is None or not outcome:
            return None
        return {"question": self.question_asked, "values": {"outcome": outcome, "value": typed}}
