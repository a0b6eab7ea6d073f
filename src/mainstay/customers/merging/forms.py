"""Whose value wins: a rule for each field, and the order of the sources."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.customers import queries as customers
from mainstay.customers.merging import naming, queries, rules
from mainstay.shared.forms import ActionForm

RULES = [
    ("survivor", _("the surviving record's")),
    ("newest", _("from the record changed last")),
    ("complete", _("from the most complete record")),
    ("longest", _("the longest")),
    ("source", _("from the most trusted source")),
]
LEFT_OUT = (*rules.FOLLOWS, *rules.ANY)


class RulesForm(ActionForm):
    def __init__(self, *args: Any, subject: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = queries.field_rules(subject)
        self.subject = subject
        for field in queries.fields(subject):
            if field.name not in LEFT_OUT:
                self.fields[field.name] = forms.ChoiceField(
                    label=naming.field(field),
                    choices=RULES,
                    initial=standing[field.name],
                    widget=forms.Select(attrs={"class": "form-select"}),
                )
        self.fields["most_trusted"] = forms.ModelChoiceField(
            label=_("Most trusted source"),
            queryset=customers.sources(),
            required=False,
            initial=next((row.source_id for row in queries.trusted()), None),
            empty_label=_("none is trusted more"),
            help_text=_("Counts where the rule is “from the most trusted source”."),
            widget=forms.Select(attrs={"class": "form-select"}),
        )

    def arguments(self) -> dict[str, Any]:
        chosen = dict(self.cleaned_data)
        first = chosen.pop("most_trusted")
        rest = [row.source for row in queries.trusted() if row.source != first]
        return {"values": chosen, "sources": [first, *rest] if first else []}
