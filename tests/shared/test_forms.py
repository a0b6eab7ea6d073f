"""What all forms of actions share."""

import pytest
from django import forms

from mainstay.people import queries as people
from mainstay.shared.forms import ActionForm


@pytest.mark.django_db
def test_nothing_chosen_is_a_dash_and_no_row_of_dashes() -> None:
    class ChoosingForm(ActionForm):
        row = forms.ModelChoiceField(queryset=people.owners(), required=False)

    assert "---" not in str(ChoosingForm())
