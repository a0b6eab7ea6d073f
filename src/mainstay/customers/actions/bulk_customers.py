"""Customers by the thousand, for imports: compare with what is known, write the difference.

A cell that is empty, or a field the file does not have, leaves what is there.
"""

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mainstay.customers import rules
from mainstay.customers.actions import acquisition, bulk
from mainstay.customers.actions.findable import refresh_search
from mainstay.customers.imports.kinds import Context, Counts, Step
from mainstay.customers.models import Address, Customer, ExternalReference
from mainstay.engine.staging.bench import Bench
from mainstay.people import queries as people
from mainstay.shared import tables, trees

if TYPE_CHECKING:
    from mainstay.customers.imports.custom_work import CustomValues

TEXTS = (
    "kind",
    "name",
    "email",
    "phone",
    "website",
    "tax_number",
    "industry",
    "country",
    "city",
    "language",
    "description",
)
ORIGIN = ("acquisition_channel", "acquisition_campaign")
FIELDS = (*TEXTS, "founded_year", "owner", *ORIGIN)
PLACE = ("street", "postcode")
ADDRESS = (*PLACE, "city", "country")
AT_ONCE = 500
Row = dict[str, Any]


def find_what_rows_name(bench: Bench, source_id: int) -> None:
    """Look up the users and parents that rows name, and try e-mail addresses as the site does."""
    owners = {email.lower(): (pk, team) for pk, email, team in _owners()}
    bench.take(
        "_owners",
        pa.table(
            {
                "email": pa.array(list(owners), pa.string()),
                "id": pa.array([pk for pk, _team in owners.values()], pa.int64()),
                "team": pa.array([team for _pk, team in owners.values()], pa.int64()),
            }
        ),
    )
    parents = _different(bench, "parent", "parent NOT IN (SELECT number FROM input)")
    bench.take("_parents", bulk.reference_ids(source_id=source_id, references=parents))
    bad = [email for email in _different(bench, "email", "true") if not _is_email(email)]
    bench.take("_bad_emails", pa.table({"email": pa.array(bad, pa.string())}))


def _owners() -> list[tuple[int, str, int | None]]:
    """Return (user, e-mail, team) of everybody who may look after customers."""
    return list(people.owners().values_list("pk", "email", "team_id"))


def _different(bench: Bench, column: str, condition: str) -> list[str]:
    sql = f"SELECT DISTINCT {column} AS v FROM input WHERE {column} IS NOT NULL AND {condition}"
    return list(bench.arrow(sql)["v"].to_pylist())


def _is_email(typed: str) -> bool:
    try:
        return bool(rules.normalised_email(typed))
    except rules.Refused:
        return False


def take(
    bench: Bench, context: Context, step: Step, custom: "CustomValues", *, write: bool
) -> Counts:
    """Count new, changed and same customers of the step; with `write`, write them."""
    rows = bench.arrow(
        "SELECT * FROM customers WHERE no BETWEEN ? AND ? ORDER BY no", [step.low, step.high]
    ).to_pylist()
    owners = {email.lower(): (pk, team) for pk, email, team in _owners()}
    origins = _origins(rows, make=write)
    standing = _standing(context.source_id, [row["number"] for row in rows])
    places = _places([known["id"] for known in standing.values()])
    own = {
        standing[row["number"]]["id"]: custom.read(row) for row in rows if row["number"] in standing
    }
    filled = custom.different(own)
    new: list[Row] = []
    changed: list[tuple[Row, Row]] = []
    for row in rows:
        values, known = _values(row, owners, origins), standing.get(row["number"])
        if known is None:
            new.append(values | {"number": row["number"], "custom": custom.read(row)})
        elif known["id"] in filled or _differs(known, values, places):
            changed.append((known, values))
    if write:
        ids = _add(context, new)
        added = {pk: row["custom"] for pk, row in zip(ids, new, strict=True) if row["custom"]}
        custom.write(filled | added)
        _change(context, changed, places)
        refresh_search(added)
    return {
        "customers": {
            "new": len(new),
            "changed": len(changed),
            "same": len(rows) - len(new) - len(changed),
        }
    }


def _differs(known: Row, values: Row, places: dict[int, Row]) -> bool:
    place = _place(values)
    return any(known[name] != values[name] for name in FIELDS if name in values) or bool(
        place and not place.items() <= places.get(known["id"], {}).items()
    )


def _origins(rows: list[Row], *, make: bool) -> dict[tuple[str, str], Row]:
    """Return the channel and campaign of each pair of names; those not made yet are 0."""
    pairs = {(row["channel"], row["campaign"] or "") for row in rows if row["channel"]}
    found: dict[tuple[str, str], Row] = {}
    for names in pairs:
        found[names] = acquisition.made(*names) if make else acquisition.known(*names)
    return found


def _values(
    row: Row, owners: dict[str, tuple[int, int | None]], origins: dict[tuple[str, str], Row]
) -> Row:
    """Return what a row says, normalised as the site does; what it does not say is absent."""
    values: Row = {name: row[name] for name in (*TEXTS, *PLACE) if row[name]}
    if row["founded_year"] is not None:
        values["founded_year"] = int(row["founded_year"])
    if row["owner"]:
        values["owner"], values["team"] = owners[row["owner"].lower()]
    values |= origins.get((row["channel"], row["campaign"] or ""), {})
    if "email" in values:
        values["email"] = rules.normalised_email(values["email"])
    if "phone" in values:
        values["phone"] = _phone(values["phone"], values.get("country", ""))
    return values


def _phone(typed: str, country: str) -> str:
    """Return the number in its one form; one that cannot be understood stays as it is written."""
    try:
        return rules.normalised_phone(typed, country)
    except rules.Refused:
        return typed


def _standing(source_id: int, numbers: list[str]) -> dict[str, Row]:
    """Return the known customers by the source's names for them."""
    fields = ("id", *FIELDS, "version")
    found: dict[str, Row] = {}
    for start in range(0, len(numbers), AT_ONCE):
        references = ExternalReference.objects.filter(
            source=source_id, external_id__in=numbers[start : start + AT_ONCE]
        )
        names = [f"customer__{name}" for name in fields]
        for number, *values in references.values_list("external_id", *names):
            found[number] = dict(zip(fields, values, strict=True))
    return found


def _place(values: Row) -> Row:
    """Return the address a row gives; a town alone is the customer's, not an address."""
    if not any(values.get(name) for name in PLACE):
        return {}
    return {name: values[name] for name in ADDRESS if values.get(name)}


def _places(customers: list[int]) -> dict[int, Row]:
    """Return the main address of each customer."""
    found: dict[int, Row] = {}
    for start in range(0, len(customers), AT_ONCE):
        rows = Address.objects.filter(
            customer__in=customers[start : start + AT_ONCE], kind="main"
        ).order_by("-pk")
        for pk, customer, *values in rows.values_list("pk", "customer_id", *ADDRESS):
            found[customer] = {"id": pk, **dict(zip(ADDRESS, values, strict=True))}
    return found


def _add(context: Context, rows: list[Row]) -> list[int]:
    ids = tables.new_ids(Customer, len(rows))
    if not ids:
        return []
    columns = bulk.blank(len(rows), context.now)
    for name in (*FIELDS, "team"):
        columns[name] = [row.get(name, _empty(name)) for row in rows]
    numbers = [row["number"] for row in rows]
    for key, values in _searchable(rows, numbers).items():
        columns[key] = values
    tables.insert(Customer, pa.table({"id": ids, **columns}))
    references = {"customer": ids, "source": [context.source_id] * len(ids), "external_id": numbers}
    tables.insert(ExternalReference, pa.table(references))
    _add_places(
        context, [(pk, place) for pk, row in zip(ids, rows, strict=True) if (place := _place(row))]
    )
    bulk.tell("customer.created", ids, context.now)
    return list(ids)


def _empty(name: str) -> Any:
    empty = dict.fromkeys(("founded_year", "owner", "team", *ORIGIN))
    return {"kind": "organisation", **empty}.get(name, "")


def _searchable(rows: list[Row], numbers: list[str]) -> dict[str, list[object]]:
    found = [
        rules.customer_search({name: row.get(name, "") for name in rules.SEARCHED_FIELDS}, [number])
        for row, number in zip(rows, numbers, strict=True)
    ]
    return {key: [each[key] for each in found] for key in ("sort_name", "search")}


def _change(context: Context, rows: list[tuple[Row, Row]], places: dict[int, Row]) -> None:
    """Write the known customers anew where the file says something else."""
    if not rows:
        return
    merged = [{**known, **values} for known, values in rows]
    columns: dict[str, list[object]] = {
        name: [row[name] for row in merged] for name in ("id", *FIELDS)
    }
    columns["version"] = [row["version"] + 1 for row in merged]
    columns["updated_at"] = [tables.moment(context.now)] * len(merged)
    tables.update(Customer, pa.table(columns))
    teams = [(row["id"], row["team"]) for row in merged if "team" in row]
    tables.update(
        Customer,
        pa.table(
            {"id": [i for i, _t in teams], "team": pa.array([t for _i, t in teams], pa.int64())}
        ),
    )
    given = [(row["id"], place) for row in merged if (place := _place(row))]
    _add_places(context, [(pk, place) for pk, place in given if pk not in places])
    moved = [{**places[pk], **place} for pk, place in given if pk in places]
    if moved:
        tables.update(Address, pa.Table.from_pylist(moved))
    refresh_search([row["id"] for row in merged])
    bulk.tell("customer.updated", [row["id"] for row in merged], context.now)


def _add_places(context: Context, rows: list[tuple[int, Row]]) -> None:
    moment = tables.moment(context.now)
    blank = {
        "kind": "main",
        "region": "",
        **dict.fromkeys(ADDRESS, ""),
        "created_at": moment,
        "updated_at": moment,
    }
    tables.insert(
        Address, pa.Table.from_pylist([{**blank, **place, "customer": pk} for pk, place in rows])
    )


def take_parents(bench: Bench, context: Context, step: Step, *, write: bool) -> Counts:
    """Tie customers to their parents, once all are written; a circle is left untied."""
    rows = bench.rows(
        "SELECT number, parent FROM customers WHERE parent IS NOT NULL AND no BETWEEN ? AND ?",
        [step.low, step.high],
    )
    names = sorted({name for row in rows for name in row})
    ids = dict(
        zip(*_pair(bulk.reference_ids(source_id=context.source_id, references=names)), strict=True)
    )
    pairs = {ids[n]: ids[p] for n, p in rows if n in ids and p in ids}
    parents = dict(Customer.objects.exclude(parent=None).values_list("pk", "parent_id"))
    new = {pk: parent for pk, parent in pairs.items() if parents.get(pk) != parent}
    tied = {pk: parent for pk, parent in new.items() if not trees.circles(pk, {**parents, **pairs})}
    if write:
        tables.update(
            Customer,
            pa.table(
                {
                    "id": pa.array(list(tied), pa.int64()),
                    "parent": pa.array(list(tied.values()), pa.int64()),
                }
            ),
        )
    return {"parents": {"changed": len(tied)}}


def _pair(table: Any) -> tuple[list[str], list[int]]:
    return table["reference"].to_pylist(), table["id"].to_pylist()
