"""The comparison of models over the API."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from mainstay.people.permissions import require
from mainstay.shared.rest.operations import needs
from mainstay.shared.rest.problems import Refused
from mainstay.value import queries

router = Router()


class ComparisonOut(Schema):
    """How each model forecast the holdout of the current run, the best first."""

    run_id: int
    comparison: dict[str, Any] | None = Field(
        description="Null where there was too little history; the run's summary says why."
    )


@router.get("/models", response=ComparisonOut)
@needs("value:read")
def compare_models(request: HttpRequest) -> Any:
    """Read how each model of purchases did on the company's own holdout."""
    require(request.user, "value.view")
    run = queries.current_run()
    if run is None:
        raise Refused(404, _("No value run is complete yet; start one and wait for its job."))
    return ComparisonOut(run_id=run.pk, comparison=run.summary.get("comparison"))
