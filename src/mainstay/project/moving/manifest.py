"""The table of contents of an export: what each file holds, what stayed behind and why."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.crypto import salted_hmac

from mainstay import __version__
from mainstay.people import queries as people
from mainstay.shared import personal_data
from mainstay.shared.personal_data import Personal

from .columns import Column, Kind, columns
from .tables import STAYS, TABLES, Table

NAME = "manifest.json"
FORMAT, VERSION = "mainstay-export", 1


def described(table: Table, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of a table: what it is, its file, each column."""
    entry = personal_data.entry_of(table.model_label)
    personal = isinstance(entry, Personal)
    meaning = getattr(entry, "label", "") or getattr(entry, "because", "")
    return {
        "name": table.name,
        **found,
        "personal": personal,
        "meaning": str(meaning),
        "columns": [_column(each) for each in columns(table.fields)],
        "left_out": [
            {"column": name, "because": without.because} for name, without in table.without.items()
        ],
    }


def _column(column: Column) -> dict[str, Any]:
    field = column.field
    told: dict[str, Any] = {
        "name": column.name,
        "type": str(column.kind),
        "nullable": field.null,
        "meaning": str(field.verbose_name),
    }
    if column.kind is Kind.EXACT:
        told["digits"], told["places"] = field.max_digits, field.decimal_places
    if column.unit:
        told["unit"] = column.unit
    if field.choices:
        told["one_of"] = [str(value) for value, _label in field.flatchoices]
    if field.is_relation:
        target = field.related_model._meta.label
        told["refers_to"] = next(t.name for t in TABLES if t.model_label == target) + ".id"
    return told


def written(
    tables: list[tuple[Table, dict[str, Any]]],
    files: list[dict[str, Any]],
    *,
    form: str,
    now: datetime,
) -> bytes:
    """Return the manifest as it stands in the export."""
    with translation.override("en"):
        company = people.company()
        told = {
            "format": FORMAT,
            "version": VERSION,
            "made_by": f"Mainstay {__version__}",
            "as_of": now.isoformat(),
            "files_are": form,
            "company": company.name,
            "currency": company.currency,
            "time_zone": company.time_zone,
            "key": key(),
            "rows": sum(found["rows"] for _table, found in tables),
            "tables": [described(table, found) for table, found in tables],
            "files": files,
            "left_out": [{"model": name, "because": why} for name, why in STAYS.items()],
        }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def key() -> str:
    """Return what two installations with the same secret key have in common."""
    return salted_hmac("mainstay.project.moving", "key", algorithm="sha256").hexdigest()[:16]
