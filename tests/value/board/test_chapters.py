"""What the overview and the board pack tell of a run."""

from datetime import date
from typing import Any

import pytest

from mainstay.value.board import relations
from mainstay.value.board.block import Block
from mainstay.value.board.chapters import chapters
from mainstay.value.board.queries import facts
from tests.factories.value import computed_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def blocks(run: Any, user: Any) -> dict[str, Block]:
    told = chapters(facts(run, user=user))
    return {block.key: block for chapter in told for block in chapter.blocks}


def test_every_topic_has_its_block(run: Any, analyst: Any) -> None:
    found = blocks(run, analyst)

    assert list(found) == [
        *("pareto", "rfm", "segments"),
        *("clv", "bridge", "at_risk"),
        *("whale", "cac"),
        *("cohorts", "churn"),
        "gaps",
        *("back_test", "left_out"),
    ]


def test_a_topic_without_data_says_what_to_do(run: Any, analyst: Any) -> None:
    asked = {key: block.ask for key, block in blocks(run, analyst).items() if block.ask}

    assert {"whale", "bridge", "gaps"} <= set(asked)
    assert asked["whale"].url == "/value/profitability/activities/"  # type: ignore[union-attr]
    assert all(ask and ask.text for ask in asked.values())


def test_every_estimate_says_how_it_came_about(run: Any, analyst: Any) -> None:
    found = blocks(run, analyst)

    for key in ("pareto", "clv", "at_risk", "churn"):
        told = found[key].explain
        assert told["method"], key
        assert "customer" in told["n"], key
        assert told["as_of"] == "5 Mar 2026", key
    assert found["clv"].explain["interval"]


def test_who_sees_no_money_is_told_none(run: Any, read_only: Any) -> None:
    found = blocks(run, read_only)

    assert not {"clv", "whale", "matrix", "cac"} & set(found)
    assert "margin" not in found["churn"].lead


def test_charts_of_customers_lead_to_their_lists(run: Any, analyst: Any) -> None:
    found = blocks(run, analyst)

    def first_link(key: str) -> str:
        chart = found[key].chart
        assert chart is not None, key
        return str(chart.spec["data"]["values"][0]["href"])

    assert first_link("pareto").startswith("/customers/?abc_class=")
    assert first_link("clv").startswith("/customers/?clv_from=0&clv_to=")
    assert first_link("churn").startswith("/customers/?lost_from=")


def test_the_movement_is_told_from_the_second_run_on(run: Any, analyst: Any) -> None:
    later = computed_run()

    block = blocks(later, analyst)["bridge"]

    assert block.chart is not None
    assert "customer equity +0.0%" in block.lead


def test_few_lost_customers_have_no_rate() -> None:
    assert relations.rate_words(2, 9) == "too few for a rate"
    assert relations.rate_words(50, 100) == "50.0% (40.4% to 59.6%)"


@pytest.mark.parametrize(
    ("start", "name", "last"),
    [
        (date(2025, 1, 1), "2025 Q1", "2025-03-31"),
        (date(2025, 10, 1), "2025 Q4", "2025-12-31"),
    ],
)
def test_a_cohort_is_listed_by_its_quarter(start: date, name: str, last: str) -> None:
    assert relations.quarter(start) == name
    assert f"first_to={last}" in relations._began_in(start)
