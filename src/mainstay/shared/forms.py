"""Forms whose data go to one action; what the action refuses stands beside its field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from mainstay.shared.fields import refuse_control_characters


class ActionForm(forms.Form):
    """`carry_out(action, by=…, now=…)` hands the data over as `values`."""

    outcome: Any = None

    def carry_out(self, action: Callable[..., Any], **known: Any) -> bool:
        """Answer whether the data were valid and the action accepted them."""
        if not self.is_valid():
            return False
        try:
            self.outcome = action(**known, values=self.values())
        except ValidationError as refusal:
            self.show(refusal)
            return False
        return True

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def show(self, refusal: ValidationError) -> None:
        """Put each sentence beside its field, what belongs to none above the form."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            known = name in self.fields and name != NON_FIELD_ERRORS
            self.add_error(name if known else None, errors)


class Line(forms.CharField):
    """A line of text without control characters."""

    default_validators = [refuse_control_characters]

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


class Paragraphs(Line):
    """Several lines of text."""

    def __init__(self, *, max_length: int = 20_000, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)


class Day(forms.DateField):
    """A day, picked in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class Moment(forms.DateTimeField):
    """A day and time in the reader's time zone."""

    def __init__(self, **kwargs: Any) -> None:
        look = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        kwargs.setdefault("widget", look)
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)
