"""Ways in which two records may agree, and how they are written as conditions."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One way in which two values may agree, with the words for it."""

    key: str
    condition: str
    m: float
    u: float
    words: str
    rare: str = ""  # the column whose rare values count more than its frequent ones
    most_m: float = 1.0  # m is never learnt to be more: it would merge relatives
    contradicts: bool = False  # two records that differ in this are never merged without asking


@dataclass(frozen=True)
class Comparison:
    """One thing that is compared; nothing is said where either side has nothing."""

    field: str
    columns: tuple[str, ...]
    levels: tuple[Level, ...]
    told: str = ""  # where another comparison has said as much already

    @property
    def unknown(self) -> str:
        """Return the condition that nothing can be said."""
        empty = " OR ".join(f"{c}_l IS NULL OR {c}_r IS NULL" for c in self.columns)
        return f"{empty} OR ({self.told})" if self.told else empty


def alike(column: str, at_least: float) -> str:
    return f"{{alike}}({column}_l, {column}_r) >= {at_least}"


def edits(column: str, at_most: int) -> str:
    """Count edits where few are possible only: counting costs ten times as much as likeness."""
    return f"({alike(column, 0.65)} AND {{edits}}({column}_l, {column}_r) <= {at_most})"


def same(*columns: str) -> str:
    return " AND ".join(f"{column}_l = {column}_r" for column in columns)
