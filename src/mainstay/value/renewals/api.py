"""Renewals of contracts over the API."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from mainstay.people.permissions import can, require
from mainstay.shared.rest.operations import needs
from mainstay.shared.rest.problems import Refused
from mainstay.value.queries import current_part

from .stage import KEY

router = Router()


class RenewalsOut(Schema):
    """Where a model could not be fitted its part holds `why`."""

    run_id: int
    as_of: dt.date
    customers: int
    gone: int
    level: float = Field(description="Of every interval here.")
    sbg: dict[str, Any] = Field(description="Renewal rates observed and by sBG, with forecast.")
    stay: dict[str, Any] = Field(description="Kaplan-Meier, in months.")
    cox: dict[str, Any] = Field(description="Ratios of the risk of leaving.")


@router.get("/churn/renewals", response=RenewalsOut)
@needs("value:read")
def get_renewals(request: HttpRequest) -> Any:
    """Read what the current run says of renewals; amounts are left out without the right."""
    require(request.user, "value.view")
    part = current_part(KEY)
    if part is None:
        sentence = _("No value run has followed contracts yet. Record contracts, then start a run.")
        raise Refused(404, sentence)
    told = {**part.content, "run_id": part.run_id, "as_of": part.run.as_of}
    if not can(request.user, "money.view") and (ahead := told["sbg"].get("ahead")):
        plain = {name: ahead[name] for name in ("ending", "renewed")}
        told["sbg"] = {**told["sbg"], "ahead": plain}
    return told
