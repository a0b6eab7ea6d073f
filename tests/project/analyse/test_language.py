"""The report in each language: words from the catalogues, numbers and days as written there."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import polib
import pytest

from mainstay.project.analyse import command, language
from mainstay.project.analyse.language import LOCALE, speaking
from mainstay.project.analyse.wording import Money, share

ROWS = "".join(
    f"c{n},{n}-{m},2025-{m:02}-{1 + n % 27:02},{1000 + 37 * n + m}.5\n"
    for n in range(60)
    for m in range(1, 12)
    if (n + m) % 3
)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text("customer,order,date,amount\n" + ROWS)
    return path


def report(orders: Path, *more: str) -> str:
    out = orders.parent / "out"
    assert command.run([str(orders), "--out", str(out), *more]) == 0
    return (out / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("code", "amount", "part", "day"),
    [
        ("en", "1,234.50\u00a0EUR", "3.5%", "5 Mar 2026"),
        ("pl", "1\u00a0234,50\u00a0EUR", "3,5%", "05.03.2026"),
        ("ru", "1\u00a0234,50\u00a0EUR", "3,5\u00a0%", "05.03.2026"),
        ("zh-hans", "1,234.50\u00a0EUR", "3.5%", "2026-03-05"),
    ],
)
def test_numbers_and_days(code: str, amount: str, part: str, day: str) -> None:
    with speaking(code):
        assert Money("EUR", 2)(123450) == amount
        assert share(0.035) == part
        assert language.day(date(2026, 3, 5)) == day
        assert language.number(-1.25, 1).startswith("\N{MINUS SIGN}1")


@pytest.mark.parametrize(("code", "folder"), [("pl", "pl"), ("ru", "ru"), ("zh-hans", "zh_Hans")])
def test_a_report_speaks_the_language(orders: Path, code: str, folder: str) -> None:
    words = polib.pofile(str(LOCALE / folder / "LC_MESSAGES" / "django.po"))
    text = report(orders, "--language", code, "--currency", "EUR")

    assert f'<html lang="{code}">' in text
    for known in ("Customers", "Revenue", "Champions", "Segment"):
        assert words.find(known).msgstr in text
    assert '<th scope="col" class="n">Customers</th>' not in text


def test_the_language_is_the_locales_unless_given(
    orders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "pl_PL.UTF-8")

    assert '<html lang="pl">' in report(orders)
    assert '<html lang="en">' in report(orders, "--language", "en")


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU", "LC_ALL": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_TW.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "de_DE"}, "en"),
        ({"LANG": "C"}, "en"),
        ({}, "en"),
    ],
)
def test_which_language_a_locale_asks_for(environment: dict[str, str], code: str) -> None:
    assert language.of_environment(environment) == code


def test_a_language_that_is_not_spoken_gets_a_sentence(
    orders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        command.run([str(orders), "--out", "out", "--language", "tlh"])

    assert "'en', 'pl', 'ru', 'zh-hans'" in capsys.readouterr().err


def test_what_the_analysis_says_is_translated_too(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("customer,date,amount\na,2025-01-01,5\nb,2025-02-01,7\n")
    words = polib.pofile(str(LOCALE / "pl" / "LC_MESSAGES" / "django.po"))
    known = next(entry for entry in words if entry.msgid.startswith("No customer has bought a sec"))

    assert known.msgstr in report(path, "--language", "pl")


def test_no_web_framework_is_loaded(orders: Path) -> None:
    program = (
        "import sys; from mainstay.project.cli import run;"
        f"run(['analyse', {str(orders)!r}, '--out', {str(orders.parent / 'o')!r},"
        " '--language', 'pl']); sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
