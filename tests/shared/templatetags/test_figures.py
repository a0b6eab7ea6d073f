"""Numbers, money and days as each of the four languages writes them."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from mainstay.shared import money
from mainstay.shared.templatetags import figures

GAP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "number", "percent", "amount", "day"),
    [
        ("en", "1,234,567.9", "12.3%", "€1,234.50", "5 Mar 2026"),
        ("pl", f"1{GAP}234{GAP}567,9", "12,3%", f"1{GAP}234,50{GAP}€", "05.03.2026"),
        ("ru", f"1{GAP}234{GAP}567,9", f"12,3{GAP}%", f"1{GAP}234,50{GAP}€", "05.03.2026"),
        ("zh-hans", "1,234,567.9", "12.3%", "€1,234.50", "2026-03-05"),
    ],
)
def test_a_language_writes(language: str, number: str, percent: str, amount: str, day: str) -> None:
    with translation.override(language):
        assert figures.number(1234567.891, 1) == number
        assert figures.percent(0.1234, 1) == percent
        assert figures.money(123450, "EUR") == amount
        assert figures.day(dt.date(2026, 3, 5)) == day


@pytest.mark.parametrize("nothing", [None, "", float("nan"), float("inf")])
def test_what_is_not_known_is_a_dash(nothing: Any) -> None:
    assert figures.number(nothing) == figures.percent(nothing) == figures.money(nothing) == "–"


def test_a_day_that_is_not_known_is_a_dash() -> None:
    assert figures.day(None) == figures.moment(None) == "–"


@pytest.mark.parametrize(
    ("value", "written"),
    [(-12.5, "−13"), (0, "0"), (-0.2, "0"), (2.5, "3"), (Decimal("9.9"), "10")],
)
def test_a_whole_number(value: Any, written: str) -> None:
    assert figures.number(value) == written


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (199, "EUR", "€1.99"),
        (-199, "EUR", "−€1.99"),
        (0, "EUR", "€0.00"),
        (1999, "JPY", "¥1,999"),
        (1999, "KWD", f"KWD{GAP}1.999"),
        (10**15, "USD", "$10,000,000,000,000.00"),
    ],
)
def test_a_currency_has_its_own_digits(minor: int, currency: str, written: str) -> None:
    assert figures.money(minor, currency) == written


@pytest.mark.parametrize(
    ("minor", "english", "polish"),
    [
        (99_940, "€999", f"999{GAP}€"),
        (123_456, "€1.23k", f"1,23{GAP}tys.{GAP}€"),
        (99_999_900, "€1.00m", f"1,00{GAP}mln{GAP}€"),
        (123_456_789, "€1.23m", f"1,23{GAP}mln{GAP}€"),
        (-12_345_678_900, "−€123m", f"−123{GAP}mln{GAP}€"),
        (123_456_789_000, "€1.23bn", f"1,23{GAP}mld{GAP}€"),
    ],
)
def test_a_short_amount_keeps_three_figures(minor: int, english: str, polish: str) -> None:
    assert money.written_short(minor, "EUR") == english
    with translation.override("pl"):
        assert money.written_short(minor, "EUR") == polish


def test_a_moment_is_told_in_the_reader_s_time_zone() -> None:
    from django.utils import timezone

    with timezone.override("Europe/Warsaw"):
        assert figures.moment(dt.datetime(2026, 3, 5, 10, 0, tzinfo=dt.UTC)) == "5 Mar 2026, 11:00"
