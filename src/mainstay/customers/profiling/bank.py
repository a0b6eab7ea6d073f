"""The twelve questions that are shipped, in the order of what an answer is worth."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Shipped(NamedTuple):
    key: str
    text: StrOrPromise
    kind: str
    worth: int
    valid_days: int
    customer_kind: str = ""
    field: str = ""
    options: str = ""


YEAR = 365
SHIPPED = (
    Shipped(
        "decides", _("Who decides about buying at your company?"), "text", 95, YEAR, "organisation"
    ),
    Shipped("next_need", _("What will you need from us next, and when?"), "text", 90, 90),
    Shipped("other_suppliers", _("Whom else do you buy this from?"), "text", 85, YEAR),
    Shipped(
        "yearly_need",
        _("For how much do you buy such goods in a year, from everybody?"),
        "number",
        80,
        YEAR,
    ),
    Shipped(
        "business",
        _("What does your company do?"),
        "text",
        75,
        3 * YEAR,
        "organisation",
        "description",
    ),
    Shipped("industry", _("In which industry are you?"), "text", 70, 0, "organisation", "industry"),
    Shipped("found_us", _("How did you find us?"), "text", 60, 0),
    Shipped("better", _("What should we do better?"), "text", 55, 180),
    Shipped(
        "rhythm",
        _("How often would you like to hear from us?"),
        "choice",
        50,
        YEAR,
        "",
        "",
        "weekly\nmonthly\nquarterly\nonly when asked",
    ),
    Shipped("recommend", _("Whom do you know who could use what we do?"), "text", 45, 180),
    Shipped(
        "employees", _("How many people work at your company?"), "number", 40, YEAR, "organisation"
    ),
    Shipped(
        "founded",
        _("In which year was your company founded?"),
        "number",
        30,
        0,
        "organisation",
        "founded_year",
    ),
)


def rows() -> list[dict[str, Any]]:
    """Return what the table holds of each shipped question: all but its words."""
    return [
        {name: value for name, value in each._asdict().items() if name != "text"}
        for each in SHIPPED
    ]


TEXTS = {each.key: each.text for each in SHIPPED}


def words(question: Any) -> str:
    """Return the question as it is put: its own words, or the shipped ones in the language."""
    return str(question.text) or shipped(question)


def shipped(question: Any) -> str:
    return str(TEXTS.get(question.key, ""))
