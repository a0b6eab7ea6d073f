"""Text fields that mean the same on SQLite and PostgreSQL."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# NUL breaks PostgreSQL; the other control characters and lone surrogates break files and screens.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def refuse_control_characters(value: str) -> None:
    """Raise a sentence if `value` has a character that cannot be stored everywhere."""
    if found := _UNFIT.search(value):
        raise ValidationError(
            _("Character %(number)d is a control character (%(code)s); remove it."),
            params={"number": found.start() + 1, "code": f"U+{ord(found.group()):04X}"},
            code="control_character",
        )


class Text(models.CharField[str, str]):
    """A line of text, never null; unfit characters and over-length are refused."""

    default_validators = [refuse_control_characters]

    def __init__(self, verbose_name: Any = None, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(verbose_name, max_length=max_length, **kwargs)


class LongText(models.TextField[str, str]):
    """Paragraphs of text, at most 20,000 characters unless told; unfit characters are refused."""

    default_validators = [refuse_control_characters]

    def __init__(
        self, verbose_name: Any = None, *, max_length: int = 20_000, **kwargs: Any
    ) -> None:
        super().__init__(verbose_name, max_length=max_length, **kwargs)
        self.validators.append(MaxLengthValidator(max_length))
