"""The lecture's nine criteria of a relationship; outside actors are judged on each side."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

LOW, MEDIUM, HIGH = _("low"), _("medium"), _("high")


@dataclass(frozen=True)
class Criterion:
    """What is rated from 1 to 5; `direction` says whether more is closer, more distant, neither."""

    key: str
    name: StrOrPromise
    question: StrOrPromise
    low: StrOrPromise = LOW
    middle: StrOrPromise = MEDIUM
    high: StrOrPromise = HIGH
    direction: int = 0
    is_archived: bool = False

    def words(self) -> dict[str, str]:
        return {"low": str(self.low), "medium": str(self.middle), "high": str(self.high)}


_SHIPPED = (
    Criterion(
        "power",
        _("Bargaining power of the customer"),
        _("How strong is your position when you negotiate with us?"),
        direction=-1,
    ),
    Criterion(
        "information",
        _("Exchange of information"),
        _("How far ahead do we tell each other what we plan?"),
        _("short-term"),
        _("middle-term"),
        _("long-term"),
        direction=1,
    ),
    Criterion(
        "cooperation",
        _("Conflict or cooperation"),
        _("Do we work together rather than against each other?"),
        _("low level of cooperation"),
        _("medium level of cooperation"),
        _("high level of cooperation"),
        direction=1,
    ),
    Criterion(
        "institution",
        _("Institutionalisation"),
        _("How far does our work follow rules and contracts rather than single people?"),
        direction=1,
    ),
    Criterion(
        "commitment", _("Commitment"), _("How much are we willing to do for you?"), direction=1
    ),
    Criterion("trust", _("Trust"), _("How far do you trust what we say?"), direction=1),
    Criterion(
        "distance",
        _("Perceived distance"),
        _("How distant are we from you, in language, habits and technology?"),
        direction=-1,
    ),
    Criterion(
        "outside_supplier",
        _("Influence of outside actors (on the supplier)"),
        _("How much do others influence what we do for you?"),
    ),
    Criterion(
        "outside_customer",
        _("Influence of outside actors (on the customer)"),
        _("How much do others influence what you decide about us?"),
    ),
    Criterion(
        "duration",
        _("Duration of the relationship"),
        _("How long have we worked together, as it feels to you?"),
        _("short"),
        _("medium"),
        _("long"),
        direction=1,
    ),
)


def shipped() -> tuple[Criterion, ...]:
    return _SHIPPED
