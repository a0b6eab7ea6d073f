"""An export of an empty base, made once, to be spoiled in many ways."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from mainstay.project.moving import exporting
from tests.conftest import NOW


@pytest.fixture(scope="module")
def empty_export(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: Any, django_db_blocker: Any
) -> Path:
    path = tmp_path_factory.mktemp("export") / "out"
    with django_db_blocker.unblock():
        exporting.everything(path, form="parquet", now=NOW)
    return path


@pytest.fixture
def export(empty_export: Path, tmp_path: Path) -> Path:
    """Return a copy of the export, to be spoiled."""
    return Path(shutil.copytree(empty_export, tmp_path / "spoiled"))
