from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def told(*words: str) -> str:
    out = StringIO()
    call_command("value", *words, stdout=out)
    return out.getvalue()


def test_profitability_prints_the_sums(profit_run: Any) -> None:
    text = told("profitability", "--as-of", "2026-03-05")

    assert "Lost beyond it      €70.00 on 1 customers" in text
    assert '"adds_up": true' in told("profitability", "--as-of", "2026-03-05", "--json")


def test_the_calculator_prints_the_lectures_table() -> None:
    text = told(
        "calculator", "--revenue", "1000,1200,1440,1600", "--variable", "50",
        "--acquisition", "100", "--retention", "0,100,80,60", "--cr", "80",
    )  # fmt: skip

    assert text.splitlines()[-2].split()[-1] == "1939.4"
    assert "N = 5.00 years" in text


@pytest.mark.parametrize(
    "words",
    [
        ("profitability", "--as-of", "soon"),
        ("calculator", "--revenue", "much"),
        ("calculator", "--revenue", "1", "--retention", "1,2"),
        ("calculator", "--revenue", "1", "--rate", "-100"),
        ("calculator", "--revenue", "1", "--cr", "100"),
    ],
)
def test_nonsense_gives_a_sentence(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match=r".+\.$"):
        told(*words)
