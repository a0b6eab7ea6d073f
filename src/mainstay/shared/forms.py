"""Forms whose data go to one action; what the action refuses stands beside its field."""

from collections.abc import Callable
from decimal import Decimal
from html import escape
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.utils import flatatt
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mainstay.shared import money
from mainstay.shared.fields import refuse_control_characters
from mainstay.shared.versions import readable

DASHES, NOTHING_CHOSEN = "-" * 9, "–"  # what Django writes, and what we do
LARGEST_TYPED = Decimal(10) ** 12


class ActionForm(forms.Form):
    """`carry_out(action, by=…, now=…)` hands the data over as `values`."""

    outcome: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if getattr(field, "empty_label", None) == DASHES:
                field.empty_label = NOTHING_CHOSEN  # type: ignore[attr-defined]

    def carry_out(self, action: Callable[..., Any], **known: Any) -> bool:
        """Answer whether the data were valid and the action accepted them."""
        if not self.is_valid():
            return False
        try:
            self.outcome = action(**known, **self.arguments())
        except ValidationError as refusal:
            self.show(refusal)
            return False
        return True

    def arguments(self) -> dict[str, Any]:
        """What the action is given of the form; what it changes goes as one mapping."""
        return {"values": self.values()}

    def values(self) -> dict[str, Any]:
        return self.written()

    def written(self) -> dict[str, Any]:
        """Return what was filled in: a field that is only shown is not written."""
        shown = {name for name, field in self.fields.items() if field.disabled}
        return {name: v for name, v in self.cleaned_data.items() if name not in shown}

    def both(self, current: Any) -> dict[str, tuple[Any, Any]]:
        """Return what stands in the record now and what was typed, by field."""
        return {name: (getattr(current, name), value) for name, value in self.values().items()}

    def show(self, refusal: ValidationError) -> None:
        """Put each sentence beside its field, what belongs to none above the form."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            known = name in self.fields and name != NON_FIELD_ERRORS
            self.add_error(name if known else None, errors)


def conflict(form: Any, current: Any) -> dict[str, Any]:
    """Return what somebody else wrote meanwhile; the form keeps what was typed, for a second go."""
    differing = [
        {
            "label": _label(form, current, name),
            "theirs": _shown(form, name, theirs),
            "yours": _shown(form, name, yours),
        }
        for name, (theirs, yours) in form.both(current).items()
        if theirs != yours
    ]
    form.data = {**form.data.dict(), "version": str(current.version)}
    return {"edited": True, "theirs": differing, "edited_at": getattr(current, "updated_at", None)}


def _label(form: forms.Form, current: Any, name: str) -> Any:
    """Return how the form names a field, or the record where the form has another for it."""
    if name in form.fields:
        return form.fields[name].label
    return current._meta.get_field(name).verbose_name


def _shown(form: forms.Form, name: str, value: Any) -> Any:
    """Return the value as people read it: minor units as an amount of the form's currency."""
    holders = (form, *form.fields.values())
    unit = next(filter(None, (getattr(each, "currency", "") for each in holders)), "")
    if name.endswith("_minor") and unit and value is not None:
        return money.written(value, unit)
    return readable(value)


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


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Day(forms.DateField):
    """A day, picked in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", DayInput)
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class Moment(forms.DateTimeField):
    """A day and time in the reader's time zone."""

    def __init__(self, **kwargs: Any) -> None:
        look = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        kwargs.setdefault("widget", look)
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)


class Amount(forms.DecimalField):
    """An amount typed in whole units of `currency`, which the form sets; its value is in minor
    units."""

    currency = ""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_value", LARGEST_TYPED)
        super().__init__(localize=True, **kwargs)

    def clean(self, value: Any) -> Any:
        amount: Decimal | None = super().clean(value)
        if amount is None:
            return None
        places = money.digits(self.currency)
        if amount != round(amount, places):
            text = _("%(currency)s has %(places)d decimal places; write no more.")
            raise ValidationError(text % {"currency": self.currency, "places": places})
        return int(amount.scaleb(places))


def set_currency(form: forms.Form, currency: str) -> None:
    """Let every amount of the form be of this currency, and say so in its label."""
    for field in form.fields.values():
        if isinstance(field, Amount):
            field.currency = currency
            field.label = f"{field.label} ({currency})"


class Percent(forms.DecimalField):
    """A share that people write as a percentage: 12.5 becomes 0.125."""

    def __init__(self, *, least: int = 0, most: int = 100, **kwargs: Any) -> None:
        kwargs.setdefault("localize", True)
        super().__init__(min_value=least, max_value=most, max_digits=8, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        return None if written is None else float(written) / 100

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, float):
            return value
        return round(Decimal(str(value)) * 100, 2).normalize()


class LongSelect(forms.Select):
    """A select of hundreds of options, written in one go: Django renders a template for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        around = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = {str(each) for each in self.format_value(value) or [""]}
        options = "".join(
            f'<option value="{escape(str(key))}"{" selected" if str(key) in chosen else ""}>'
            f"{escape(str(label))}</option>"
            for key, label in self.choices
        )
        return SafeString(f"<select{flatatt(around)}>{options}</select>")
