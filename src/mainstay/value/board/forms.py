"""The form of a board pack."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class PackForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
    )
