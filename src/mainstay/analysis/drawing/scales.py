"""Scales, ticks and number formats."""

import math
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any

# Between thousands and before decimals, of the drawing that is made.
SEPARATORS: ContextVar[tuple[str, str]] = ContextVar("separators", default=(",", "."))
STEPS = (1, 2, 2.5, 5, 10)
SI = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


@dataclass(frozen=True)
class Scale:
    """Where a value stands, in pixels, and the ticks to draw."""

    place: Callable[[Any], float]
    ticks: Sequence[tuple[float, str]]
    band: float = 0.0


def linear(values: Sequence[float], pixels: tuple[float, float], field: dict[str, Any]) -> Scale:
    """Return a scale from zero (or the least value below it) to a round number."""
    axis, fixed = field.get("axis", {}), field.get("scale", {}).get("domain")
    low, high = fixed or (min([0.0, *values]), max(values, default=0.0))
    if high <= low:
        high = low + 1
    step = _step((high - low) / axis.get("tickCount", 5))
    if not fixed:
        low, high = math.floor(low / step) * step, math.ceil(high / step - 1e-9) * step
    start, length = pixels[0], pixels[1] - pixels[0]

    def place(value: float) -> float:
        return start + length * (value - low) / (high - low)

    count = round((high - low) / step)
    marks = [low + step * number for number in range(count + 1)]
    return Scale(place, [(place(m), number(m, axis.get("format", ","))) for m in marks])


def _step(rough: float) -> float:
    """Return the round number at or above a rough step."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))


def bands(
    values: Sequence[Any],
    pixels: tuple[float, float],
    *,
    gap: float = 0.0,
    style: str | None = None,
) -> Scale:
    """Return a band for each value, in the order given; `style` writes numbers."""
    start, length = pixels[0], pixels[1] - pixels[0]
    width = length / max(len(values), 1)
    places = {value: start + width * (number + 0.5) for number, value in enumerate(values)}
    words = {value: _named(value, style) for value in values}
    ticks = [(places[value], words[value]) for value in values]
    return Scale(places.__getitem__, ticks, abs(width) * (1 - gap))


def _named(value: Any, style: str | None) -> str:
    """Return a band's name: a number in its format, a month of an ISO day, or as it is."""
    if style and style.startswith("%Y-%m"):
        return str(value)[: len("2026-01")]
    return number(value, style) if style else str(value)


def days(values: Sequence[str], pixels: tuple[float, float]) -> Scale:
    """Return a scale of ISO days with a tick at beginnings of months or years."""
    numbers = [date.fromisoformat(value).toordinal() for value in values]
    low, high = min(numbers), max(numbers)
    start, length = pixels[0], pixels[1] - pixels[0]
    span = max(high - low, 1)

    def place(value: str) -> float:
        return start + length * (date.fromisoformat(value).toordinal() - low) / span

    return Scale(place, [(place(m.isoformat()), f"{m:%Y-%m}") for m in _months(low, high)])


def _months(low: int, high: int) -> list[date]:
    """Return beginnings of months, at most about seven of them."""
    first, last = date.fromordinal(low), date.fromordinal(high)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    begins = [date(m // 12, m % 12 + 1, 1) for m in months]
    begins = [day for day in begins if low <= day.toordinal() <= high]
    every = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if len(begins) / n <= 7)
    return [day for day in begins if (day.year * 12 + day.month - 1) % every == 0]


def number(value: float, style: str) -> str:
    """Return a number in one of the formats that the specifications use."""
    group, decimal = SEPARATORS.get()
    return _plain(value, style).translate({ord(","): group, ord("."): decimal})


def _plain(value: float, style: str) -> str:
    plain = {".0%": ".0%", ".1%": ".1%", ",d": ",.0f", "d": ".0f", ".1f": ".1f", ".2f": ".2f"}
    plain["~r"] = ".4g"
    if style in plain:
        return f"{value:{plain[style]}}"
    if style in (",", ",.0f"):
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"
    if style == "~s":
        return _si(value)
    raise ValueError(f"the number format {style!r} is not drawn; add it to scales.number")


def _si(value: float) -> str:
    for size, letter in SI:
        if abs(value) >= size:
            return f"{value / size:.4g}{letter}"
    return f"{value:.4g}"
