"""What reading one file may cost."""

import resource
from dataclasses import asdict, dataclass
from typing import Any

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one child process; the defaults suit an upload of some ten million lines."""

    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 900
    silent_seconds: int = 90
    file_bytes: int = 8192 * MIB
    unpacked_bytes: int = 1024 * MIB
    unpacked_ratio: int = 100  # workbooks that people made reach 20
    parts: int = 1000
    spanned_cells: int = 25_000_000  # each costs its reader some 30 bytes
    claimed_cells: int = 2_000_000_000
    rows: int = 50_000_000
    columns: int = 2_000
    cell_characters: int = 1 * MIB
    batch_rows: int = 20_000

    def as_json(self) -> dict[str, Any]:
        """Return plain values for the message to the child."""
        return asdict(self)


def impose(limits: Limits) -> None:
    """Put the ceilings on this very process; there is no way back."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MIB, MIB))  # the sentence of a refusal
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
