"""Forms of a selection of key accounts."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.shared.forms import ActionForm, Line, Paragraphs, Percent

from .choices import Measure, Nature, Scale

NINE = range(9, 1, -1)


class SelectionForm(ActionForm):
    name = Line(label=gettext_lazy("Name"), max_length=120)
    scale = forms.ChoiceField(
        label=gettext_lazy("Scoring"), choices=Scale, initial=Scale.RANK, widget=forms.Select
    )
    first = forms.IntegerField(
        label=gettext_lazy("Accounts to choose"), min_value=1, max_value=500, initial=10
    )


class SettingsForm(SelectionForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def arguments(self) -> dict[str, Any]:
        values = self.values()
        return {"version": values.pop("version"), "values": values}


class CriterionForm(ActionForm):
    name = Line(label=gettext_lazy("Criterion"), max_length=120)
    nature = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Nature)
    measure = forms.ChoiceField(
        label=gettext_lazy("Figure"), choices=[("", "–"), *Measure.choices], required=False
    )
    weight = Percent(label=gettext_lazy("Weight, %"), required=False)

    def values(self) -> dict[str, Any]:
        known = super().values()
        measured = known["nature"] == Nature.MEASURED
        gate = known["nature"] == Nature.GATE
        return {
            **known,
            "measure": known["measure"] if measured else "",
            "weight": 0.0 if gate else known["weight"] or 0.0,
        }


class JudgementForm(forms.Form):
    """For each pair of criteria which one matters more, and how many times."""

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Any],
        known: Mapping[tuple[int, int], float],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = [(one, other) for one, other in combinations(criteria, 2)]
        for one, other in self.pairs:
            times = known.get((one.pk, other.pk))
            self.fields[_pair(one, other)] = forms.ChoiceField(
                label=_("%(one)s or %(other)s") % {"one": one.name, "other": other.name},
                choices=list(_answers(one, other)),
                required=False,
                initial="" if times is None else _written(times),
            )

    def times(self) -> dict[tuple[int, int], float | None]:
        found: dict[tuple[int, int], float | None] = {}
        for one, other in self.pairs:
            typed = self.cleaned_data[_pair(one, other)]
            found[one.pk, other.pk] = _read(typed) if typed else None
        return found


def _pair(one: Any, other: Any) -> str:
    return f"pair_{one.pk}_{other.pk}"


def _answers(one: Any, other: Any) -> Iterator[tuple[str, str]]:
    yield "", _("not judged")
    for n in NINE:
        yield str(n), _("%(n)d × more: %(name)s") % {"n": n, "name": one.name}
    yield "1", _("equally")
    for n in reversed(NINE):
        yield f"1/{n}", _("%(n)d × more: %(name)s") % {"n": n, "name": other.name}


def _written(times: float) -> str:
    return str(round(times)) if times >= 1 else f"1/{round(1 / times)}"


def _read(typed: str) -> float:
    return 1 / int(typed[2:]) if typed.startswith("1/") else float(typed)


class RatingForm(forms.Form):
    """What one candidate is rated on every criterion that people rate, each with a reason."""

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Any],
        given: Mapping[int, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = [each for each in criteria if each.nature != Nature.MEASURED]
        for criterion in self.criteria:
            rating = given.get(criterion.pk)
            self.fields[f"value_{criterion.pk}"] = _value(criterion, rating)
            self.fields[f"note_{criterion.pk}"] = Paragraphs(
                label=_("Why: %(name)s") % {"name": criterion.name},
                max_length=1000,
                rows=2,
                required=False,
                initial=rating.note if rating else "",
            )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        return [(c, self[f"value_{c.pk}"], self[f"note_{c.pk}"]) for c in self.criteria]

    def ratings(self) -> list[tuple[Any, float | None, str]]:
        data = self.cleaned_data
        return [(c, _rating(data[f"value_{c.pk}"]), data[f"note_{c.pk}"]) for c in self.criteria]


def _value(criterion: Any, rating: Any) -> forms.Field:
    value = rating.value if rating else None
    if criterion.nature == Nature.GATE:
        return forms.ChoiceField(
            label=criterion.name,
            choices=[("", _("not judged")), ("1", _("Yes")), ("0", _("No"))],
            required=False,
            initial="" if value is None else f"{value:g}",
        )
    return forms.DecimalField(
        label=criterion.name,
        required=False,
        min_value=0,
        max_value=10,
        decimal_places=1,
        initial=None if value is None else f"{value:g}",
    )


def _rating(typed: Any) -> float | None:
    return None if typed in (None, "") else float(typed)
