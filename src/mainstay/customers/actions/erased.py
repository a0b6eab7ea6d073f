"""Who asked to be erased does not come back by a form, a program or a file.

Policy: rows are refused with a sentence, never left out silently; the block is lifted in the case.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mainstay.customers.privacy import queries as privacy
from mainstay.engine.staging.bench import Bench

TRAITS = {"email": "email", "phone": "phone", "tax_number": "tax"}


def refuse_erased(values: Mapping[str, Any]) -> None:
    """Raise for each field by which an erased person was known."""
    typed = {name: str(values[name]) for name in TRAITS if values.get(name)}
    if not typed or not privacy.any_erased():
        return
    errors = {
        name: ValidationError(_sentence(value))
        for name, value in typed.items()
        if privacy.erased_among(TRAITS[name], [value])
    }
    if errors:
        raise ValidationError(errors)


def erased_references(source: str, external_ids: Iterable[str]) -> set[str]:
    """Return the names that the source had for people who were erased."""
    if not privacy.any_erased():
        return set()
    named = {privacy.reference(source, each.strip()): each for each in external_ids}
    return {named[each] for each in privacy.erased_among("reference", named)}


def refuse_reference(external_id: str, erased: set[str]) -> None:
    if external_id in erased:
        raise ValidationError({"external_id": _sentence(external_id)})


def note_erased(bench: Bench, *, source: str, column: str) -> None:
    """Keep, as the table `_erased`, the values of a file by which erased people were known.

    `column` holds the source's names for customers.
    """
    found: list[tuple[str, str]] = []
    if privacy.any_erased():
        there = set(bench.columns("input"))
        found += [(column, each) for each in erased_references(source, _values(bench, column))]
        for name, trait in TRAITS.items():
            values = _values(bench, name) if name in there else []
            found += [(name, each) for each in privacy.erased_among(trait, values)]
    names, values = ([each[place] for each in found] for place in (0, 1))
    bench.take(
        "_erased",
        pa.table({"field": pa.array(names, pa.string()), "value": pa.array(values, pa.string())}),
    )


def _values(bench: Bench, column: str) -> list[str]:
    sql = f'SELECT DISTINCT "{column}" AS v FROM input WHERE "{column}" IS NOT NULL'  # noqa: S608  names of our own
    return [str(value) for value in bench.arrow(sql)["v"].to_pylist()]


def _sentence(value: str) -> str:
    text = _(
        "“%(value)s” belongs to somebody who asked to be erased; leave it out. If they came back, "
        "lift the block in their case under Personal data."
    )
    return text % {"value": value[:80]}
