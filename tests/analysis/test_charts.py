"""Every specification is valid Vega-Lite, by the schema that Altair carries."""

from typing import Any

import altair
import pytest

from mainstay.analysis import charts, charts_of_relations

LABELS = {
    word: word
    for word in [
        "customers",
        "revenue",
        "class",
        "share",
        "value",
        "count",
        "r",
        "f",
        "n",
        "day",
        "purchases",
        "age",
        "low",
        "high",
        "group",
        "amount",
    ]
}
SPECS = {
    "side_by_side": charts.side_by_side(
        [{"group": "1", "series": "Today", "amount": 3.0}], labels=LABELS
    ),
    "pareto": charts.pareto(
        [{"customers": 0.2, "revenue": 0.8}, {"customers": 1, "revenue": 1}],
        abc=[0.8, 0.95],
        labels=LABELS,
    ),
    "classes": charts.classes(
        [{"abc_class": "A", "measure": "customers", "share": 0.2, "href": "/customers/?abc=A"}],
        labels=LABELS,
    ),
    "histogram": charts.histogram([{"low": 0, "high": 10, "n": 5}], labels=LABELS),
    "heat": charts.heat([{"r": 5, "f": 5, "n": 7}], x="f", y="r", value="n", labels=LABELS),
    "tracking": charts.tracking(
        [{"day": "2026-01-01", "series": "actual", "purchases": 3}],
        ends="2026-01-01",
        labels=LABELS,
    ),
    "ranges": charts_of_relations.ranges(
        [{"name": "fair", "value": 5, "low": 4, "high": 7, "href": "/"}], at=1, labels=LABELS
    ),
    "curve": charts_of_relations.curve(
        [{"age": 1, "value": 5, "low": 4, "high": 7}], at=3, labels=LABELS
    ),
    "arrivals": charts_of_relations.arrivals(
        [{"period": "2026 Q1", "part": "fair", "n": 5}], labels=LABELS
    ),
}


@pytest.mark.parametrize("name", SPECS)
def test_is_valid_vega_lite(name: str) -> None:
    altair.Chart.from_dict(SPECS[name], validate=True)


def test_marks_link_only_where_the_rows_have_links() -> None:
    def linked(spec: dict[str, Any]) -> bool:
        return "href" in spec["encoding"]

    assert linked(SPECS["classes"])
    assert not linked(SPECS["histogram"])


def test_no_rows_is_still_a_chart() -> None:
    altair.Chart.from_dict(charts.histogram([], labels=LABELS), validate=True)


def test_bins_are_drawn_side_by_side_and_equally_wide() -> None:
    import re

    import vl_convert

    bins = [{"low": 10**n, "high": 10 ** (n + 1), "n": 5} for n in range(4)]
    spec = charts.histogram(bins, labels=LABELS) | {"width": 400, "height": 100}

    drawn = vl_convert.vegalite_to_svg(spec)

    widths = re.findall(r'aria-roledescription="bar" d="M[^h]*h([0-9.]+)v', drawn)
    assert len(widths) == len(bins)
    assert len(set(widths)) == 1
