"""The cohorts of a run: cells by month, quarter and year, and the growth of a relation."""

from typing import Any

from mainstay.value.snapshots import keep_part
from mainstay.value.stage import Work

KEY = "cohorts"
OWN = "months_by_"  # cells of months of the first purchase: cohorts of one's own are made of them
BEGUN_IN_MONTHS = {f"{OWN}quarter": "month", f"{OWN}year": "month"}
COLUMNS = (
    "cohort",
    "age",
    "of",
    "customers",
    "active",
    "purchases",
    "revenue_minor",
    "margin_minor",
    "squares",
)


def compute(work: Work, *, lives: Any) -> None:
    """Store the cells of each period, and the steps from year to year."""
    from mainstay.analysis.value import cohorts, growth

    run = work.engine.run
    content: dict[str, Any] = {"columns": COLUMNS}
    for key, begun in {**dict.fromkeys(cohorts.PERIODS, ""), **BEGUN_IN_MONTHS}.items():
        period = key.removeprefix(OWN)
        cells = cohorts.cells(
            run(cohorts.sizes(lives, period=period, begun=begun)).to_pylist(),
            run(cohorts.activity(lives, period=period, begun=begun)).to_pylist(),
        )
        content[key] = [_row(cell) for cell in cells]
    steps = growth.steps(
        run(growth.by_year(lives)).to_pylist(), run(growth.whole_years(lives)).to_pylist()
    )
    content["steps"] = [step._asdict() for step in steps]
    content["units"] = "units" in lives.columns
    keep_part(work.run, KEY, content)


def _row(cell: Any) -> list[Any]:
    values = {**vars(cell), "cohort": cell.cohort.isoformat()}
    return [values[name] for name in COLUMNS]
