"""What became of a batch of rows that a source named."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError


@dataclass
class Recorded:
    """Our numbers by the source's names, and what happened; refusals by place in the batch."""

    ids: dict[str, int] = field(default_factory=dict)
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: dict[int, ValidationError] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)

    def touch(self, numbers: set[int]) -> None:
        """Count rows as changed that were counted as unchanged."""
        fresh = numbers - self.touched
        self.touched |= fresh
        self.changed += len(fresh)
        self.unchanged -= len(fresh)

    def counted(self) -> dict[str, Any]:
        """Return what the API tells of it, but for what was refused."""
        return {name: getattr(self, name) for name in ("ids", "added", "changed", "unchanged")}
