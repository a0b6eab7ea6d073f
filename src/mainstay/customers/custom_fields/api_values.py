"""What the API says and takes of custom fields on a record."""

from typing import Annotated, Any

from pydantic import Field

from mainstay.shared.rest.limits import Text

from . import queries, words
from .rules import LISTED, Type

MOST = 200
Answer = bool | int | float | Text | Annotated[list[Text], Field(max_length=500)] | None
CustomIn = Annotated[
    dict[str, Answer],
    Field(
        max_length=MOST,
        description="Values of custom fields by key; null empties one, one left out stays.",
    ),
]
CustomOut = Annotated[
    dict[str, Any],
    Field(description="Filled custom fields by key; decimals and amounts as exact text."),
]


def told(record: Any) -> dict[str, Any]:
    """Return the values of a record by key, as programs read them."""
    found: dict[str, Any] = {}
    for row in getattr(record, "custom_rows", ()):
        field = row.field
        if field.type == Type.CHOICES:
            found.setdefault(field.key, []).append(row.choice.label)
        elif field.type in LISTED:
            found[field.key] = row.choice.label
        else:
            found[field.key] = words.told(field, queries.held(field, row))
    return found
