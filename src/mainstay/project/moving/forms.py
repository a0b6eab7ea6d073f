from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import Format


class ExportForm(forms.Form):
    """Which files an export is made of."""

    format = forms.ChoiceField(label=_("Format"), choices=Format.choices)
