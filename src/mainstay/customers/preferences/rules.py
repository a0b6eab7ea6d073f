"""Decisions about preferences on plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

LINK_LIFE = timedelta(days=180)
RHYTHM_DAYS = {"week": 7, "month": 30, "quarter": 91, "year": 365}
MOST_CHOICES, LONGEST_CHOICE = 30, 80


@dataclass(frozen=True)
class Touches:
    """Contacts within the last twelve months: how many, and how long ago the latest was."""

    number: int = 0
    days_since: int | None = None

    @property
    def every_days(self) -> int | None:
        """Return how many days lie between two on average."""
        return round(365 / self.number) if self.number > 1 else None


def too_soon(rhythm: str, touches: Touches) -> bool:
    """Answer whether another contact today would be more often than was wished."""
    if rhythm == "never":
        return True
    least = RHYTHM_DAYS.get(rhythm)
    return least is not None and touches.days_since is not None and touches.days_since < least


def choices(value: Iterable[str] | str) -> list[str]:
    """Return the choices of an answer, each once: from lines, commas or a list."""
    parts = value.replace(",", "\n").splitlines() if isinstance(value, str) else list(value)
    cleaned = (" ".join(part.split()) for part in parts)
    return list(dict.fromkeys(part for part in cleaned if part))
