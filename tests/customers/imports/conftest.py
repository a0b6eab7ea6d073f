"""An import in one line: `imported(kind, text)` starts, runs and returns it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from mainstay.customers.imports import actions, kinds, process
from mainstay.customers.imports.models import Import

Importer = Callable[..., Import]


@pytest.fixture
def imported(db: None, tmp_path: Path, now: datetime) -> Importer:
    def run(
        kind: str,
        content: str | bytes | Path,
        *,
        source: str = "Shop",
        dry_run: bool = False,
        by: Any = None,
    ) -> Import:
        path = content if isinstance(content, Path) else tmp_path / "given.csv"
        if not isinstance(content, Path):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        row = actions.start_from_path(
            by=by, now=now, kind=kinds.known(kind), source=source, path=path
        )
        actions.enqueue(by=by, now=now, row=row, dry_run=dry_run)
        process.run(number=row.pk, now=now)
        row.refresh_from_db()
        return row

    return run
