"""Forms of a relationship: ratings in five steps, invitations, points of reference, levels."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.shared.forms import ActionForm, Line, Paragraphs

from .choices import MEANING, POINTS, Level
from .presets import Criterion

STEPS = range(1, 6)


def _step(label: Any, ends: tuple[Any, ...], initial: Any) -> forms.ChoiceField:
    """Return five steps to choose from, of which the first, middle and last have words."""
    words = {1: ends[0], 5: ends[-1]} | ({3: ends[1]} if len(ends) > 2 else {})  # noqa: PLR2004
    named = [(str(n), f"{n} · {words[n]}" if n in words else str(n)) for n in STEPS]
    return forms.ChoiceField(
        label=label,
        choices=[("", _("not rated")), *named],
        required=False,
        initial="" if initial is None else str(initial),
        widget=forms.RadioSelect,
    )


def _mark(typed: str) -> int | None:
    return int(typed) if typed else None


class RatingForm(forms.Form):
    """What one of us thinks of each criterion, with a note and the evidence."""

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion], given: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for each in criteria:
            known = given.get(each.key)
            ends = (each.low, each.middle, each.high)
            self.fields[f"value_{each.key}"] = _step(each.name, ends, known and known.value)
            for name, label in (("note", _("Note")), ("evidence", _("Evidence"))):
                self.fields[f"{name}_{each.key}"] = Paragraphs(
                    label=label,
                    max_length=1000,
                    rows=2,
                    required=False,
                    initial=getattr(known, name, ""),
                )

    def rows(self) -> list[tuple[Any, ...]]:
        names = ("value", "note", "evidence")
        fields = [[self[f"{name}_{each.key}"] for name in names] for each in self.criteria]
        return [(each, *given) for each, given in zip(self.criteria, fields, strict=True)]

    def ratings(self) -> list[tuple[str, dict[str, Any]]]:
        data = self.cleaned_data
        return [
            (
                each.key,
                {
                    "value": _mark(data[f"value_{each.key}"]),
                    "note": data[f"note_{each.key}"],
                    "evidence": data[f"evidence_{each.key}"],
                },
            )
            for each in self.criteria
        ]


class AnswerForm(forms.Form):
    """The questions as the customer's person sees them."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = [each for each in criteria if each.question]
        for each in self.criteria:
            ends = (each.low, each.middle, each.high)
            self.fields[f"value_{each.key}"] = _step(each.question, ends, None)
            self.fields[f"note_{each.key}"] = Paragraphs(
                label=_("In your words (if you like)"), max_length=1000, rows=2, required=False
            )

    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"value_{each.key}"], self[f"note_{each.key}"]) for each in self.criteria]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.values()):
            raise forms.ValidationError(_("Answer at least one question, then send."))
        return data

    def answers(self) -> dict[str, tuple[int | None, str]]:
        data = self.cleaned_data
        return {
            each.key: (_mark(data[f"value_{each.key}"]), data[f"note_{each.key}"])
            for each in self.criteria
        }


class InvitationForm(ActionForm):
    contact = forms.TypedChoiceField(label=gettext_lazy("Person"), coerce=int)
    language = forms.ChoiceField(label=gettext_lazy("Language of the questions"))

    def __init__(self, *args: Any, contacts: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = contacts  # type: ignore[attr-defined]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return self.values()


class ApproachForm(forms.Form):
    """Nine points of reference, each between a transactional and a relational end."""

    def __init__(self, *args: Any, given: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = given.answers if given else {}
        for key, (name, transactional, relational) in POINTS.items():
            ends = (transactional, relational)
            self.fields[key] = _step(name, ends, answers.get(key))
        self.fields["note"] = Paragraphs(
            label=_("Note"), max_length=1000, required=False, initial=given.note if given else ""
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(key) for key in POINTS):
            raise forms.ValidationError(_("Mark at least one point, then save."))
        return data

    def points(self) -> list[Any]:
        return [self[key] for key in POINTS]

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        marked = {key: int(data[key]) for key in POINTS if data[key]}
        return {"answers": marked, "note": data["note"]}


class LevelForm(ActionForm):
    now = forms.ChoiceField(label=gettext_lazy("Level now"), choices=Level)
    wanted = forms.ChoiceField(label=gettext_lazy("Level wanted"), choices=Level)
    why = Paragraphs(label=gettext_lazy("Why"), max_length=1000, rows=2)


class WordingForm(ActionForm):
    name = Line(label=gettext_lazy("Criterion"), max_length=120)
    question = Line(
        label=gettext_lazy("Question to the customer"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Empty: only our side rates it."),
    )
    low = Line(label=gettext_lazy("Word for low"), max_length=60)
    middle = Line(label=gettext_lazy("Word for medium"), max_length=60)
    high = Line(label=gettext_lazy("Word for high"), max_length=60)
    direction = forms.TypedChoiceField(
        label=gettext_lazy("More of it means"),
        coerce=int,
        choices=[
            (1, gettext_lazy("a closer relationship")),
            (0, gettext_lazy("neither closer nor more distant")),
            (-1, gettext_lazy("a more distant relationship")),
        ],
    )


def meanings() -> list[tuple[Any, Any]]:
    return [(level.label, MEANING[level]) for level in Level]
