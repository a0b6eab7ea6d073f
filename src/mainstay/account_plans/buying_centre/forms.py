"""Forms of a buying centre: people, the complexity of the purchase, roles."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.analysis.accounts.buying_centre import FACTORS
from mainstay.shared.forms import ActionForm, Line, Paragraphs

from .presets import Role, classic_names

SUPPORT = (
    (2, gettext_lazy("+2 · stands up for us")),
    (1, gettext_lazy("+1 · well-disposed")),
    (0, gettext_lazy("0 · neutral")),
    (-1, gettext_lazy("−1 · sceptical")),
    (-2, gettext_lazy("−2 · against us")),
)
INFLUENCE = (
    (1, gettext_lazy("1 · hardly any")),
    (2, "2"),
    (3, gettext_lazy("3 · some")),
    (4, "4"),
    (5, gettext_lazy("5 · decisive")),
)
# Each factor with what 1 and 5 mean.
FACTOR_WORDS = {
    "unit_value": (
        gettext_lazy("Value of a unit or transaction"),
        gettext_lazy("small"),
        gettext_lazy("large"),
    ),
    "frequency": (
        gettext_lazy("Frequency of the purchase"),
        gettext_lazy("rare"),
        gettext_lazy("often"),
    ),
    "standard": (
        gettext_lazy("Standardisation of the product"),
        gettext_lazy("made for them"),
        gettext_lazy("standard"),
    ),
    "risk": (gettext_lazy("Risk of the purchase"), gettext_lazy("none"), gettext_lazy("high")),
    "importance": (
        gettext_lazy("Importance for how they work"),
        gettext_lazy("minor"),
        gettext_lazy("vital"),
    ),
    "product_new": (
        gettext_lazy("Newness of the product to them"),
        gettext_lazy("known"),
        gettext_lazy("new"),
    ),
    "supplier_new": (
        gettext_lazy("Newness of us as supplier"),
        gettext_lazy("known"),
        gettext_lazy("new"),
    ),
    "phase": (
        gettext_lazy("Phase of the decision"),
        gettext_lazy("repeat order"),
        gettext_lazy("need only just seen"),
    ),
}


def _chosen(label: Any, choices: Any) -> Any:
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", gettext_lazy("not known")), *choices],
    )


class MemberForm(ActionForm):
    """A member's part; a new one is chosen among the customer's people."""

    contact = forms.TypedChoiceField(label=gettext_lazy("Person"), coerce=int)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    goals = Paragraphs(
        label=gettext_lazy("Goals"),
        max_length=1000,
        rows=2,
        required=False,
        help_text=gettext_lazy("What this person wants: less risk, technical know-how, quality …"),
    )
    influence = _chosen(gettext_lazy("Influence on the decision"), INFLUENCE)
    support = _chosen(gettext_lazy("Support for us"), SUPPORT)
    reports_to = _chosen(gettext_lazy("Reports to"), ())
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        contacts: Sequence[tuple[int, str]] | None,
        members: Sequence[Any],
        roles: Sequence[Role],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = {row.pk: row for row in members}
        fields: Any = self.fields
        if contacts is None:
            del fields["contact"]
        else:
            del fields["version"]
            fields["contact"].choices = contacts
        fields["roles"].choices = [(role.key, role.name) for role in roles]
        others = [(row.pk, row.name) for row in members]
        fields["reports_to"].choices = [("", _("nobody of them")), *others]

    def arguments(self) -> dict[str, Any]:
        values = self.values()
        known = {name: values.pop(name) for name in ("contact", "version") if name in values}
        values["reports_to"] = self.members.get(values["reports_to"])
        return known | {"values": values}


class PurchaseForm(forms.Form):
    """Eight factors, each from 1 to 5."""

    def __init__(self, *args: Any, given: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = given.factors if given else {}
        for key in FACTORS:
            label, low, high = FACTOR_WORDS[key]
            words = {1: f"1 · {low}", 5: f"5 · {high}"}
            choices = [(n, words.get(n, str(n))) for n in range(1, 6)]
            self.fields[key] = _chosen(label, choices)
            self.fields[key].initial = known.get(key)
        self.fields["note"] = Paragraphs(
            label=_("What is bought"),
            max_length=1000,
            rows=2,
            required=False,
            initial=given.note if given else "",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if all(data.get(key) is None for key in FACTORS):
            raise forms.ValidationError(_("Judge at least one factor, then save."))
        return data

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        factors = {key: data[key] for key in FACTORS if data[key] is not None}
        return {"factors": factors, "note": data["note"]}


class RoleForm(ActionForm):
    name = Line(label=gettext_lazy("Role"), max_length=60)
    meaning = Line(label=gettext_lazy("What it means"), max_length=200, required=False)
    classic = forms.ChoiceField(label=gettext_lazy("Stands for"), choices=classic_names())
