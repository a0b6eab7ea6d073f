"""What follows a finished import, published by other packages from their AppConfig.ready().

A follower is called in the transaction that finishes an import of its kind, never after a check;
later it says on the import's page what came of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainstay.customers.imports.models import Import


@dataclass(frozen=True)
class Remark:
    """A sentence about what followed, and where to go on; no address where the reader may not."""

    text: str
    label: str = ""
    url: str = ""


Done = Callable[[Import, datetime], object]
Said = Callable[[Import, Any], Remark | None]
_followers: dict[str, list[tuple[Done, Said]]] = {}


def follow(kind: str, *, done: Done, said: Said) -> None:
    """Follow the imports of a kind; `said` is asked for a reader, None on the command line."""
    _followers.setdefault(kind, []).append((done, said))


def tell(row: Import, now: datetime) -> None:
    """Tell every follower that the import is finished."""
    for done, _said in _followers.get(row.kind, []):
        done(row, now)


def remarks(row: Import, user: Any) -> list[Remark]:
    """Return what the followers say about a finished import."""
    said = (say(row, user) for _done, say in _followers.get(row.kind, []))
    return [remark for remark in said if remark is not None]
