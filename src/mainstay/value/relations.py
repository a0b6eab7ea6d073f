"""The stage of a value run over time: renewals, losses, cohorts, new customers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .acquisition import stage as acquisition
from .churn import stage as churn
from .cohorts import stage as cohorts
from .models import LostCustomer, RunPart
from .renewals import stage as renewals
from .stage import Stage, Work


def compute(work: Work) -> dict[str, Any]:
    """Store the parts of the topics; all but renewals read the same purchase days."""
    from mainstay.analysis.value.cohorts import lives
    from mainstay.analysis.value.days import purchase_days

    renewals.compute(work)
    if not work.valued.summary["n"]:
        return {}
    as_of, margin = work.run.as_of, float(work.valued.summary["margin"]["share"])
    days = work.engine.keep(purchase_days(work.lines, as_of=as_of))
    told = churn.compute(work, days=days, margin=margin)
    lived = work.engine.keep(lives(days, margin=margin, as_of=as_of))
    cohorts.compute(work, lives=lived)
    acquisition.compute(work, lives=lived, margin=margin)
    return {"churn": told}


RELATIONS = Stage(
    key="relations",
    title=_("Following lost and new customers"),
    compute=compute,
    tables=(LostCustomer, RunPart),
)
