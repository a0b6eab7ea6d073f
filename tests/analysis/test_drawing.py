"""Pictures of chart specifications."""

import xml.etree.ElementTree as ET

import pytest

from mainstay.analysis import charts, charts_of_relations
from mainstay.analysis.drawing import draw
from mainstay.analysis.drawing.scales import bands, days, linear, number

LABELS = {
    name: name.capitalize()
    for name in (
        *("customers", "revenue", "value", "count", "class", "share", "day", "purchases"),
        *("profit", "name", "amount", "gain", "loss", "group"),
    )
} | {"customers": "Share", "r": "R", "f": "F", "n": "n"}
SPECS = {
    "pareto": charts.pareto(
        [{"customers": 0.0, "revenue": 0.0}, {"customers": 1.0, "revenue": 1.0}],
        abc=[0.8, 0.95],
        labels=LABELS,
    ),
    "classes": charts.classes(
        [
            {"abc_class": "A", "measure": "Customers", "share": 0.2},
            {"abc_class": "B", "measure": "Customers", "share": 0.8},
        ],
        labels=LABELS,
    ),
    "histogram": charts.histogram([{"low": 0.0, "high": 10.0, "n": 3}], labels=LABELS),
    "heat": charts.heat([{"r": 1, "f": 5, "n": 1234}], x="f", y="r", value="n", labels=LABELS),
    "tracking": charts.tracking(
        [
            {"day": "2025-01-01", "series": "Actual <b>", "purchases": 0.0},
            {"day": "2025-06-01", "series": "Actual <b>", "purchases": 9.0},
        ],
        ends="2025-03-01",
        labels=LABELS,
    ),
    "whale": charts.whale(
        [{"customers": 0.0, "profit": 0.0}, {"customers": 1.0, "profit": -5.0}],
        peak=0.4,
        labels=LABELS,
    ),
    "gains": charts.gains(
        [{"name": "1", "amount": 5.0}, {"name": "2", "amount": -2.0}], labels=LABELS
    ),
    "stacked": charts.stacked(
        [{"row": "Steel", "part": part, "amount": 2.0} for part in ("us", "others")],
        row="row",
        part="part",
        amount="amount",
        labels=LABELS,
    ),
    "waterfall": charts.waterfall(
        [
            {"name": "Before the year", "from": 0.0, "to": 9.0, "tone": "total"},
            {"name": "Lost", "from": 9.0, "to": 6.0, "tone": "down"},
        ],
        labels=LABELS,
    ),
    "side by side": charts.side_by_side(
        [{"group": "0", "series": s, "amount": 1.0} for s in ("Actual", "Forecast")],
        labels=LABELS,
    ),
    "ranges": charts_of_relations.ranges(
        [{"name": "Trade fair", "value": 2.5, "low": 1.0, "high": 4.0}],
        at=1,
        unit="~r",
        labels=LABELS | {"low": "At least", "high": "At most"},
    ),
    "curve": charts_of_relations.curve(
        [{"age": age, "value": age * 2.0, "low": age * 1.0, "high": age * 3.0} for age in (1, 2)],
        at=3,
        labels=LABELS | {"age": "Age"},
    ),
    "arrivals": charts_of_relations.arrivals(
        [{"period": "2025 Q1", "part": part, "n": 3} for part in ("Fair", "Web")], labels=LABELS
    ),
    "band": charts.tracking(
        [
            {"day": "2025-01-01", "series": "Forecast", "purchases": 1.0, "low": 0.0, "high": 2.0},
            {"day": "2025-06-01", "series": "Forecast", "purchases": 9.0, "low": 7.0, "high": 12.0},
        ],
        ends="2025-03-01",
        labels=LABELS,
    ),
}


@pytest.mark.parametrize("name", SPECS)
def test_every_specification_of_the_house_is_drawn(name: str) -> None:
    root = ET.fromstring(draw(SPECS[name], title=f"The {name} & more"))  # noqa: S314  our own text

    assert root.get("aria-label") == f"The {name} & more"
    marks = {"path", "rect", "line", "circle"}
    assert [e for e in root.iter() if e.tag.rpartition("}")[2] in marks]


def rects(name: str) -> list[tuple[float, float]]:
    """Return top and bottom of each bar."""
    root = ET.fromstring(draw(SPECS[name], title="t"))  # noqa: S314  our own text
    found = [e for e in root.iter() if e.tag.endswith("rect") and e.get("rx") == "1.5"]
    return [(float(e.get("y", 0)), float(e.get("y", 0)) + float(e.get("height", 0))) for e in found]


def test_a_loss_hangs_from_the_line_on_which_a_gain_stands() -> None:
    gain, loss = rects("gains")

    assert gain[1] == pytest.approx(loss[0], abs=0.2)


def test_a_step_of_a_bridge_floats_under_the_sum_before() -> None:
    total, lost = rects("waterfall")

    assert lost[0] == pytest.approx(total[0], abs=0.2)
    assert lost[1] < total[1]


def test_the_axis_reaches_the_end_of_an_interval() -> None:
    assert ">12.5</text>" in draw(SPECS["band"], title="t")
    assert ">Purchases</text>" in draw(SPECS["band"], title="t")


def test_a_long_name_under_a_bar_breaks_in_two() -> None:
    drawn = draw(SPECS["waterfall"], title="t", size=(240, 160))

    assert ">Before</text>" in drawn
    assert ">the year</text>" in drawn


def test_a_picture_for_paper_brings_its_own_rules() -> None:
    drawn = draw(SPECS["pareto"], title="t", size=(300, 200), style="text{fill:#111}")

    assert 'viewBox="0 0 300 200"' in drawn
    assert "<style>text{fill:#111}</style>" in drawn


def test_a_cell_says_its_number_and_a_point_its_values() -> None:
    assert ">1,234</text>" in draw(SPECS["heat"], title="t")
    assert "<title>Share: 100% · Revenue: 100%</title>" in draw(SPECS["pareto"], title="t")


def test_what_cannot_be_drawn_is_said() -> None:
    spec = {**SPECS["histogram"], "mark": {"type": "arc"}}
    with pytest.raises(ValueError, match="arc"):
        draw(spec, title="t")
    with pytest.raises(ValueError, match="format"):
        number(1.0, "%Y")


def test_linear_scales_end_on_round_numbers() -> None:
    scale = linear([3.0, 941.0], (0, 100), {})

    assert [word for _, word in scale.ticks] == ["0", "200", "400", "600", "800", "1,000"]
    assert scale.place(500) == pytest.approx(50)


def test_a_scale_of_nothing_and_of_one_value_has_length() -> None:
    assert linear([], (0, 10), {}).place(0) == 0
    assert days(["2025-01-01"], (0, 10)).place("2025-01-01") == 0
    assert bands([], (0, 10)).ticks == []


def test_days_have_few_ticks_at_beginnings_of_months() -> None:
    ticks = days(["2019-01-15", "2025-01-15"], (0, 100)).ticks

    assert 1 < len(ticks) <= 7
    assert ticks[0][1].endswith("-01")


@pytest.mark.parametrize(
    ("value", "style", "said"),
    [
        (0.5, ".0%", "50%"),
        (1_500_000, "~s", "1.5M"),
        (12, "~s", "12"),
        (2500, ",", "2,500"),
        (2500, ",d", "2,500"),
    ],
)
def test_number_formats(value: float, style: str, said: str) -> None:
    assert number(value, style) == said
