"""A copy of everything held of a person: JSON for programs, CSV for people, in one file."""

import csv
import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.privacy import queries
from mainstay.customers.privacy.choices import CaseState
from mainstay.customers.privacy.models import Case, Package
from mainstay.records.actions import record
from mainstay.shared import personal_data
from mainstay.shared.personal_data import Section, Subject
from mainstay.shared.sheets import unformula

KEPT_DAYS = 30


@transaction.atomic
def pack(*, case: Case, now: datetime) -> None:
    """Write the person's file and finish the case; done again, the file is written anew."""
    if case.state != CaseState.RUNNING:
        return
    sections = list(personal_data.exported(personal_data.widened(queries.subject_of(case))))
    content = zipped(sections, now=now)
    kept = {"content": content, "made_at": now, "kept_until": now + timedelta(days=KEPT_DAYS)}
    Package.objects.update_or_create(case=case, defaults=kept)
    counts = {section.label: len(section.rows) for section in sections}
    case.state, case.done_at, case.outcome = CaseState.DONE, now, {"exported": counts}
    case.save()
    record(by=None, verb="privacy_case.finished", target=case, now=now)


def data_of(subject: Subject) -> dict[str, Any]:
    """Return everything held of the subject, ready for JSON."""
    sections = personal_data.exported(personal_data.widened(subject))
    return {section.key: _as_json(section) for section in sections}


def zipped(sections: list[Section], *, now: datetime) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        told = {"made_at": now, "data": {s.key: _as_json(s) for s in sections}}
        archive.writestr("data.json", json.dumps(told, cls=_Json, ensure_ascii=False, indent=1))
        for section in sections:
            archive.writestr(f"{section.key}.csv", "\ufeff" + _as_csv(section))
        archive.writestr("README.txt", _readme(sections))
    return target.getvalue()


def _as_json(section: Section) -> dict[str, Any]:
    rows = [dict(zip(section.columns, row, strict=True)) for row in section.rows]
    labels = dict(zip(section.columns, section.labels, strict=True))
    return {"label": section.label, "fields": labels, "rows": rows}


def _as_csv(section: Section) -> str:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(section.labels)
    for row in section.rows:
        writer.writerow(["" if cell is None else unformula(_text(cell)) for cell in row])
    return target.getvalue()


def _text(cell: Any) -> str:
    if isinstance(cell, dict | list):
        return json.dumps(cell, cls=_Json, ensure_ascii=False)
    return str(cell)


def _readme(sections: list[Section]) -> str:
    lines = [_("What we hold of you, from every part of our customer system.")]
    lines.append(_("data.json holds everything for programs; each CSV file opens as a table."))
    lines += ["", *(f"{s.key}.csv  {s.label}: {len(s.rows)}" for s in sections)]
    lines += ["", _("Amounts named “minor” are in the smallest unit of the currency.")]
    return "\n".join(lines) + "\n"


class _Json(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return (
            str(o)
            if not isinstance(o, str | int | float) and not hasattr(o, "isoformat")
            else (super().default(o))
        )
