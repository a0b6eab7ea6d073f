"""`mainstay value compare --file`: a file of orders in, the comparison as text out."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from mainstay.project import cli


def orders(path: Path, *, customers: int = 300) -> Path:
    """Write monthly orders of customers who each skip months at a rate of their own and leave."""
    rng = np.random.default_rng(7)
    rows = ["customer,date,amount"]
    for customer in range(customers):
        buys, leaves = rng.beta(1.2, 0.75), rng.beta(0.7, 3.0)
        for month in range(24):
            if month and rng.random() < leaves:
                break
            if month == 0 or rng.random() < buys:
                day = date(2023 + month // 12, month % 12 + 1, 1) + timedelta(int(rng.integers(28)))
                rows.append(f"c{customer},{day},10")
    path.write_text("\n".join(rows))
    return path


def test_models_are_compared_on_days(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = orders(tmp_path / "orders.csv")

    code = cli.run(["value", "compare", "--file", str(file)])

    said = capsys.readouterr().out
    assert code == 0
    assert "of 300 customers, known to 2023-" in said
    assert "pareto_nbd_calendar" in said
    assert "bg_bb" not in said
    assert "Calibration of" in said
    assert "Tracking: repeat purchases so far" in said


def test_bg_bb_wins_where_customers_buy_at_most_once_a_month(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = orders(tmp_path / "orders.csv")
    words = ["value", "compare", "--file", str(file), "--opportunity", "month"]

    code = cli.run([*words, "--as-of", "2024-12-31"])

    said = capsys.readouterr().out
    assert code == 0
    assert "known to 2024-01, then 11 months" in said
    assert "used: bg_bb" in said
    assert "Calibration of BG/BB" in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("customer,date,amount\n", "there is no customer"),
        ("customer,date,amount\na,2024-01-05,3\nb,2024-08-05,3\n", "A back-test needs"),
        ("a,b\n1,2\n", "column"),
    ],
)
def test_what_cannot_be_compared_gives_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, sentence: str
) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(content)

    code = cli.run(["value", "compare", "--file", str(file)])

    told = capsys.readouterr()
    assert code != 0
    assert sentence in told.err
    assert told.out == ""


def test_it_starts_without_the_site(tmp_path: Path) -> None:
    script = (
        "import sys; from mainstay.project import cli;"
        f" code = cli.run(['value', 'compare', '--file', {str(tmp_path / 'none.csv')!r}]);"
        " sys.exit(9 if 'django' in sys.modules else code)"
    )

    found = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )

    assert found.returncode in (1, 2)
    assert "none.csv" in found.stderr
