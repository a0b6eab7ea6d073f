"""Lists of customers and of what hangs on them: restricted ones are shown, but leave in no file."""

from typing import Any

from django.db.models import Q
from django.utils.translation import ngettext

from mainstay.shared.templatetags.figures import number


def withheld(path: str = "") -> dict[str, Any]:
    """Return what a list says of its rows; `path` leads from a row to the customer."""
    return {"withheld": Q(**{f"{path}restricted": True}), "withheld_told": told}


def told(rows: int) -> str:
    text = ngettext(
        "%(n)s row is left out of the file: the processing of its customer is restricted.",
        "%(n)s rows are left out of the file: the processing of their customers is restricted.",
        rows,
    )
    return text % {"n": number(rows)}
