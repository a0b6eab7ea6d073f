"""Forms of our team."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.customers.todo import queries as todo
from mainstay.shared.forms import ActionForm, Line, LongSelect

from .queries import Skill

LEVELS = [("", "–"), *((str(n), str(n)) for n in range(6))]


def _level(text: Any) -> int | None:
    return int(text) if text else None


class MemberForm(ActionForm):
    user: Any = forms.ModelChoiceField(label=_("Who"), queryset=None, widget=LongSelect)
    role = Line(label=_("Role for the account"), max_length=80)
    tasks = Line(label=_("Responsible for"), max_length=300, required=False)
    leads = forms.BooleanField(label=_("Key account manager: leads the team"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = todo.assignees()  # type: ignore[attr-defined]


class SkillsForm(forms.Form):
    """For each skill what is wanted and what is there, from 0 to 5."""

    def __init__(self, *args: Any, skills: Sequence[Skill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skills = skills
        for skill in skills:
            key = skill.item.key
            self.fields[f"wanted_{key}"] = _levels(_("Wanted"), skill, skill.wanted)
            self.fields[f"present_{key}"] = _levels(_("There"), skill, skill.present)

    def rows(self) -> list[tuple[Skill, Any, Any]]:
        return [
            (each, self[f"wanted_{each.item.key}"], self[f"present_{each.item.key}"])
            for each in self.skills
        ]

    def ratings(self) -> dict[str, dict[str, int | None]]:
        data = self.cleaned_data
        keys = [skill.item.key for skill in self.skills]
        return {k: {"wanted": data[f"wanted_{k}"], "present": data[f"present_{k}"]} for k in keys}


def _levels(label: Any, skill: Skill, value: int | None) -> forms.Field:
    return forms.TypedChoiceField(
        label=f"{skill.item.name}: {label}",
        choices=LEVELS,
        coerce=_level,
        empty_value=None,
        required=False,
        initial="" if value is None else str(value),
    )
