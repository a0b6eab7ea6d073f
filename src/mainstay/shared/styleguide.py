"""What the styleguide page shows: every component with believable content."""

from typing import Any


def examples() -> dict[str, Any]:
    return {}
