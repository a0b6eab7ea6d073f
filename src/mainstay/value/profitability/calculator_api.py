"""The calculator of lifetime values over the API."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from mainstay.analysis.value import margins
from mainstay.people.permissions import require
from mainstay.shared.rest.limits import Input, Real
from mainstay.shared.rest.operations import needs
from mainstay.shared.rest.problems import Refused
from mainstay.value.presenters.sentences import translated

router = Router()


class YearIn(Input):
    revenue: Real
    variable_share: Real = 0.0
    acquisition: Real = 0.0
    retention: Real = 0.0
    survival: Real = 1.0


class CalculatorIn(Input):
    years: Annotated[list[YearIn], Field(min_length=1, max_length=margins.MOST_YEARS)]
    discount_rate: Real = 0.10
    retention_rate: Annotated[Real | None, Field(description="CR; gives N = 1 / (1 − CR).")] = None


class YearOut(Schema):
    year: int
    variable: float
    margin: float
    factor: float
    present: float
    cumulative: float


class CalculatorOut(Schema):
    years: list[YearOut]
    lifetime_value: float
    length: float | None = None


@router.post("", response=CalculatorOut)
@needs("value:read")
def calculate(request: HttpRequest, payload: CalculatorIn) -> Any:
    """Compute a lifetime value by yearly margins; nothing is stored."""
    require(request.user, "money.view")
    years = [margins.Year(**year.model_dump()) for year in payload.years]
    try:
        rows = margins.lifetime(years, discount_rate=payload.discount_rate)
        rate = payload.retention_rate
        length = None if rate is None else margins.years_of(rate)
    except ValueError as reason:
        raise Refused(422, translated(str(reason))) from reason
    told = [YearOut(**row._asdict()) for row in rows]
    return CalculatorOut(years=told, lifetime_value=rows[-1].cumulative, length=length)
