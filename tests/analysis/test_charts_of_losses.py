"""Charts over time are valid Vega-Lite, and link where their rows do."""

from typing import Any

import altair
import pytest

from mainstay.analysis import charts_of_losses

WORDS = ("month", "count", "settled", "open", "time", "share")
LABELS = {word: word for word in WORDS}
MONTHS = [
    {"month": "2026-01-01", "n": 3, "state": "settled", "href": "/customers/?lost_from=2026-01-01"},
    {"month": "2026-02-01", "n": 0, "state": "open", "href": "/customers/?lost_from=2026-02-01"},
]
POINTS: list[dict[str, Any]] = [
    {"time": 0, "series": "observed", "share": 1.0, "low": 1.0, "high": 1.0},
    {"time": 1, "series": "observed", "share": 0.8, "low": 0.7, "high": 0.9},
    {"time": 1, "series": "model", "share": 0.8},
]
SPECS = {
    "months": charts_of_losses.months(MONTHS, labels=LABELS),
    "survival": charts_of_losses.survival(POINTS, labels=LABELS, steps=True),
    "nothing": charts_of_losses.months([], labels=LABELS),
}


@pytest.mark.parametrize("name", SPECS)
def test_is_valid_vega_lite(name: str) -> None:
    altair.Chart.from_dict(SPECS[name], validate=True)


def test_a_month_leads_to_its_customers() -> None:
    assert SPECS["months"]["encoding"]["href"]["field"] == "href"
    assert "href" not in SPECS["nothing"]["encoding"]


def test_the_band_holds_the_points_that_have_an_interval() -> None:
    assert len(SPECS["survival"]["layer"][0]["data"]["values"]) == 2
    assert [line["series"] for line in SPECS["survival"]["data"]["values"]][-1] == "model"
