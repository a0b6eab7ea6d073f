"""Widgets written in Python are what Django's templates would write."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from mainstay.shared.templatetags.shell import form_field
from mainstay.shared.widgets import Written

PLAIN, BY_TEMPLATE = Written(), DjangoTemplates()
CHOICES: list[Any] = [("", "any"), ("<a>", _("Name")), ("b", "B & B"), ("Group", [("c", "C")])]


@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput({"maxlength": 9, "required": True, "disabled": False, "title": 'a"b'}),
        forms.NumberInput({"step": "any"}),
        forms.EmailInput(),
        forms.DateInput(),
        forms.Select(choices=CHOICES),
        forms.SelectMultiple(choices=CHOICES),
        forms.CheckboxInput(),
        forms.Textarea(),
    ],
)
@pytest.mark.parametrize("value", [None, "", "b", "<a>", 'x"y'])
def test_a_widget_is_written_as_its_template_would(widget: Any, value: Any) -> None:
    written = widget.render("na<me", value, {"id": "there"}, renderer=PLAIN)

    assert bare(written) == bare(widget.render("na<me", value, {"id": "there"}, BY_TEMPLATE))


def bare(html: str) -> str:
    """Return the HTML without line breaks between its elements."""
    return re.sub(r">\s+<", "><", html)


class Form(forms.Form):
    name = forms.CharField(label="<Name>", help_text="as <written> there", max_length=3)
    ticked = forms.BooleanField(required=False)
    one = forms.ChoiceField(choices=[("a", "<A>")], widget=forms.RadioSelect, required=False)


def test_a_field_stands_with_label_hint_and_what_is_wrong() -> None:
    field = Form({"name": "long"})["name"]

    assert form_field(field) == (
        '<div class="field field-wrong"><label class="form-label required" for="id_name">'
        '&lt;Name&gt;</label><input type="text" name="name" value="long" maxlength="3"'
        ' class="form-control is-invalid" required aria-invalid="true"'
        ' aria-describedby="id_name_helptext id_name_error" id="id_name"><div class="form-hint"'
        ' id="id_name_helptext">as &lt;written&gt; there</div><div class="field-errors"'
        ' id="id_name_error"><p>Ensure this value has at most 3 characters (it has 4).</p></div>'
        "</div>"
    )


def test_boxes_stand_before_their_labels() -> None:
    form = Form()

    assert form_field(form["ticked"]) == (
        '<div class="field"><label class="form-check"><input type="checkbox" name="ticked"'
        ' class="form-check-input" id="id_ticked"><span class="form-check-label">Ticked</span>'
        "</label></div>"
    )
    assert form_field(form["one"]) == (
        '<div class="field"><fieldset><legend class="form-label">One</legend>'
        '<label class="form-check"><input type="radio" name="one" value="a" id="id_one_0"'
        ' class="form-check-input"><span class="form-check-label">&lt;A&gt;</span></label>'
        "</fieldset></div>"
    )
