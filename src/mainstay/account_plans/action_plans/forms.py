"""Forms of the action table."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.account_plans.library import queries as library
from mainstay.account_plans.library.choices import Topic
from mainstay.customers import queries as customers
from mainstay.customers.todo import queries as todo
from mainstay.shared.forms import ActionForm, Day, Line, LongSelect, Paragraphs

from .choices import Layer, Relation, Role

ACCOUNT_LAYERS = [(each.value, each.label) for each in (Layer.STRATEGIC, Layer.OPERATIONAL)]


def _several(label: Any, choices: Any = ()) -> Any:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _ours(label: Any) -> Any:
    return forms.ModelChoiceField(label=label, queryset=None, required=False, widget=LongSelect)


class LineForm(ActionForm):
    contact: Any = forms.ModelChoiceField(
        label=_("Contact"), queryset=None, required=False, empty_label="–"
    )
    person = Line(
        label=_("Or a name or position"),
        max_length=150,
        required=False,
        help_text=_("For somebody who is no contact yet: “Head of purchasing”."),
    )
    roles = _several(_("Roles in the buying centre"), Role.choices)
    goals = Line(label=_("Goals"), max_length=300, required=False)
    tactics = _several(_("Certainty: what we do about it"))
    relations = _several(_("Relations to build"), Relation.choices)
    ours = _ours(_("Who of us"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, customer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = customers.contacts_at(customer).order_by("sort_name", "pk")
        self.fields["contact"].queryset = known  # type: ignore[attr-defined]
        self.fields["ours"].queryset = todo.assignees()  # type: ignore[attr-defined]
        tactics = library.library().get(Topic.TACTIC, [])
        self.fields["tactics"].choices = [  # type: ignore[attr-defined]
            (item.key, item.name) for item in tactics
        ]

    def arguments(self) -> dict[str, Any]:
        values = self.values()
        return {"version": values.pop("version"), "values": values}


class PlanForm(ActionForm):
    title = Line(label=_("What is to be done"))
    due_date = Day(label=_("Until"), required=False)
    assignee = _ours(_("Who does it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = todo.assignees()  # type: ignore[attr-defined]


class AccountPlanForm(PlanForm):
    """An action for the account as a whole, of the library or one's own."""

    layer = forms.ChoiceField(label=_("Kind"), choices=ACCOUNT_LAYERS)
    entry = forms.ChoiceField(label=_("From the library"), choices=(), required=False)
    title = Line(label=_("What is to be done"), required=False)
    field_order = ("layer", "entry", "title", "due_date", "assignee")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = library.library()
        self._items = {
            f"{layer}:{item.key}": item
            for layer, _name in ACCOUNT_LAYERS
            for item in found.get(layer, [])
        }
        groups = [
            (label, [(f"{layer}:{i.key}", i.name) for i in found.get(layer, [])])
            for layer, label in ACCOUNT_LAYERS
        ]
        self.fields["entry"].choices = [("", "–"), *groups]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        item = self._items.get(given.get("entry", ""))
        if item is not None:
            given["layer"], given["title"] = item.topic, given.get("title") or item.name
        elif not given.get("title") and not self.errors:
            self.add_error("title", _("Choose an action of the library, or write one."))
        return given

    def values(self) -> dict[str, Any]:
        given = super().values()
        return given | {"entry": given["entry"].partition(":")[2]}


class StrategyForm(ActionForm):
    price = forms.ChoiceField(label=_("Price"), choices=(), required=False)
    ways = _several(_("Ways to deliver value"))
    organisation = forms.ChoiceField(
        label=_("How we are organised for key accounts"), choices=(), required=False
    )
    reason = Paragraphs(label=_("Why"), max_length=1000, rows=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = library.library()
        for name, topic in (
            ("price", Topic.PRICE),
            ("ways", Topic.VALUE),
            ("organisation", Topic.ORGANISATION),
        ):
            field: Any = self.fields[name]
            nothing = [] if name == "ways" else [("", _("not decided"))]
            field.choices = [*nothing, *((item.key, item.name) for item in found.get(topic, []))]
