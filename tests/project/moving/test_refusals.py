"""What is not as it was written is refused with a sentence, and nothing is written."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from mainstay.customers.models import Tag
from mainstay.project.moving import restoring
from mainstay.project.moving.refusals import Refused

pytestmark = pytest.mark.django_db
Spoil = Callable[[Path], None]


def told(change: Callable[[dict[str, Any]], Any]) -> Spoil:
    """Return what writes another manifest."""

    def spoil(root: Path) -> None:
        path = root / "manifest.json"
        manifest = json.loads(path.read_text())
        change(manifest)
        path.write_text(json.dumps(manifest))

    return spoil


def flip(root: Path) -> None:
    path = root / "tables/tags.parquet"
    content = bytearray(path.read_bytes())
    content[10] ^= 1
    path.write_bytes(content)


def replaced(table: str, **columns: list[Any]) -> Spoil:
    """Return what puts other rows into a table, with a manifest that agrees."""

    def spoil(root: Path) -> None:
        path = root / f"tables/{table}.parquet"
        schema = pq.read_schema(path)
        size = len(next(iter(columns.values())))
        every = {field.name: columns.get(field.name, [None] * size) for field in schema}
        pq.write_table(pa.table(every, schema=schema), path)

        def agree(manifest: dict[str, Any]) -> None:
            found = next(each for each in manifest["tables"] if each["name"] == table)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            found |= {"rows": size, "bytes": path.stat().st_size, "sha256": digest}

        told(agree)(root)

    return spoil


def first(manifest: dict[str, Any]) -> dict[str, Any]:
    return dict.__getitem__(manifest, "tables")[0]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (flip, "“tables/tags.parquet” is not as it was written"),
        (lambda root: (root / "tables/tags.parquet").unlink(), "is missing"),
        (lambda root: (root / "manifest.json").write_text("[1"), "not that of an export"),
        (lambda root: (root / "manifest.json").write_text("[" * 10**5), "not that of an export"),
        (lambda root: (root / "manifest.json").unlink(), "“manifest.json” is missing"),
        (told(lambda m: m.update(version=2)), "of version 2 of the format"),
        (told(lambda m: m.pop("tables")), "manifest.json is damaged"),
        (told(lambda m: first(m).update(file="../secret_key")), "manifest.json is damaged"),
        (told(lambda m: first(m).update(bytes=-1)), "manifest.json is damaged"),
        (told(lambda m: first(m).update(name="spells")), "holds “spells”, which is unknown"),
        (told(lambda m: first(m)["columns"].append({"name": "x"})), "“company.x”"),
        (told(lambda m: m["tables"].append(m["tables"][0])), "manifest.json is damaged"),
        (told(lambda m: first(m).update(rows=7)), "holds 0 rows and should hold 7"),
        (replaced("tags", id=[1, 1], name=["a", "b"]), "refuses a row of “tags”"),
        (replaced("tags", id=[1], name=["x" * 61]), "more than 60 characters"),
        (replaced("tags", id=[1], name=["a\0b"]), "control character"),
        (replaced("acquisition_campaigns", id=[1], name=["a"], channel_id=[9]), "refers to one"),
    ],
)
def test_a_spoiled_export_is_refused(
    export: Path, now: datetime, spoil: Spoil, sentence: str
) -> None:
    spoil(export)

    with pytest.raises(Refused, match=sentence):
        restoring.restore(export, now=now)

    assert not Tag.objects.exists()


def packed(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no archive", "neither the folder nor the ZIP file"),
        (packed(("../outside", b"x")), "holds “../outside”"),
        (packed(("/etc/passwd", b"x")), "holds “/etc/passwd”"),
        (packed(("files/attachments/../../x", b"x")), "which no export holds"),
        (packed(("manifest.json", b" " * 5_000_000)), "times its size"),
        (packed(("tables/tags.parquet", b"x")), "“manifest.json” is missing"),
    ],
)
def test_a_hostile_archive_is_refused(
    tmp_path: Path, now: datetime, content: bytes, sentence: str
) -> None:
    path = tmp_path / "hostile.zip"
    path.write_bytes(content)

    with pytest.raises(Refused, match=sentence):
        restoring.restore(path, now=now)

    assert [each.name for each in Path(settings.DATA_DIR).iterdir()] == ["hostile.zip"]


def test_a_link_in_the_folder_is_not_followed(export: Path, now: datetime) -> None:
    path = export / "tables/tags.parquet"
    path.rename(export / "elsewhere")
    path.symlink_to(export / "elsewhere")

    with pytest.raises(Refused, match="is missing"):
        restoring.restore(export, now=now)


def test_the_commands_say_what_they_did(tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("export", str(tmp_path / "out.zip"), "--format", "csv", stdout=out)
    assert "tables, 0 files" in out.getvalue()
    with pytest.raises(CommandError, match="something at"):
        call_command("export", str(tmp_path / "out.zip"))
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import", str(tmp_path / "none"))
    with pytest.raises(CommandError, match="A file holds one of"):
        call_command("import", "cats", str(tmp_path / "out.zip"), "--source", "Shop")
    with pytest.raises(CommandError, match="--source"):
        call_command("import", "customers", str(tmp_path / "out.zip"))

    call_command("import", str(tmp_path / "out.zip"), "--dry-run", stdout=out)
    assert "complete and unchanged" in out.getvalue()
    call_command("import", str(tmp_path / "out.zip"), stdout=out)
    assert "Nobody has a password yet" in out.getvalue()
