"""Products by the thousand, for imports: compare with the catalogue, write the difference."""

from typing import Any

import pyarrow as pa

from mainstay.customers.imports.kinds import Context, Counts
from mainstay.engine.staging.bench import Bench
from mainstay.orders.actions.mirroring import owe_everything
from mainstay.orders.models import Product, ProductCategory
from mainstay.shared import tables, text

STANDING = tables.schema(
    id=pa.int64(),
    code=pa.string(),
    name=pa.string(),
    category=pa.string(),
    unit_cost=pa.int64(),
    version=pa.int64(),
)


def take(
    bench: Bench, context: Context, wanted: Any, mapped: frozenset[str], *, write: bool
) -> Counts:
    """Count new, changed and same products; with `write`, write them. What the file does not say
    stays."""
    bench.take("_wanted", wanted)
    bench.take("_standing", _standing(context.source_id, wanted["code"].to_pylist()))
    kept = {
        name: f"coalesce(w.{name}, s.{name})" if name in mapped else f"s.{name}"
        for name in ("name", "category", "unit_cost")
    }
    bench.run(
        "CREATE OR REPLACE TABLE _compared AS SELECT s.id, s.version, w.code, "
        + ", ".join(
            f"CASE WHEN s.id IS NULL THEN w.{name} ELSE {value} END AS {name}, "
            f"{value} IS DISTINCT FROM s.{name} AS new_{name}"
            for name, value in kept.items()
        )
        + " FROM _wanted w LEFT JOIN _standing s USING (code)"
    )
    if write:
        _write(bench, context)
    new, changed, same = bench.one(
        "SELECT count(*) FILTER (id IS NULL), count(*) FILTER (id IS NOT NULL AND (new_name "
        "OR new_category OR new_unit_cost)), "
        "count(*) FILTER (id IS NOT NULL AND NOT (new_name OR new_category OR new_unit_cost)) "
        "FROM _compared"
    )
    return {"products": {"new": new, "changed": changed, "same": same}}


def _standing(source_id: int, codes: list[str]) -> pa.Table:
    found = [STANDING.empty_table()]
    products, categories = tables.name_of(Product), tables.name_of(ProductCategory)
    for start in range(0, len(codes), tables.AT_ONCE):
        condition, parameters = tables.among("p.external_id", codes[start : start + tables.AT_ONCE])
        sql = (
            "SELECT p.id, p.external_id, p.name, c.name, p.unit_cost_minor, p.version "
            f"FROM {products} p LEFT JOIN {categories} c ON c.id = p.category_id "
            f"WHERE p.source_id = %s AND {condition}"
        )
        found.append(tables.read(sql, [source_id, *parameters], STANDING))
    return pa.concat_tables(found)


def _write(bench: Bench, context: Context) -> None:
    _know_categories(bench)
    joined = "FROM _compared p LEFT JOIN _categories c ON c.name = p.category"
    rows = bench.arrow(
        f"SELECT p.code, p.name, c.id AS category, p.unit_cost {joined} WHERE p.id IS NULL"
    )
    tables.insert(Product, _new_rows(context, rows))
    changed = bench.arrow(
        f"SELECT p.id, p.version, p.code, p.name, c.id AS category, p.unit_cost {joined} "
        "WHERE p.id IS NOT NULL AND (new_name OR new_category OR new_unit_cost)"
    )
    tables.update(Product, _changed_rows(context, changed))
    if bench.number("SELECT count(*) FROM _compared WHERE id IS NOT NULL AND new_unit_cost"):
        owe_everything()


def _know_categories(bench: Bench) -> None:
    names = [
        row[0]
        for row in bench.rows("SELECT DISTINCT category FROM _compared WHERE category IS NOT NULL")
    ]
    known = dict(ProductCategory.objects.filter(name__in=names).values_list("name", "id"))
    for name in names:
        if name not in known:
            known[name] = ProductCategory.objects.create(name=name).pk
    bench.take(
        "_categories",
        pa.table(
            {
                "name": pa.array(list(known), pa.string()),
                "id": pa.array(list(known.values()), pa.int64()),
            }
        ),
    )


def _searchable(rows: Any) -> dict[str, list[str]]:
    codes, names = rows["code"].to_pylist(), rows["name"].to_pylist()
    return {
        "name": names,
        "sort_name": [text.sort_name(name) for name in names],
        "search": [text.search_text([n], [c]) for n, c in zip(names, codes, strict=True)],
    }


def _new_rows(context: Context, rows: Any) -> pa.Table:
    count, moment = rows.num_rows, tables.moment(context.now)
    return pa.table(
        {
            "source": [context.source_id] * count,
            "external_id": rows["code"],
            **_searchable(rows),
            "category": rows["category"],
            "unit_cost_minor": rows["unit_cost"],
            "version": [1] * count,
            "created_at": [moment] * count,
            "updated_at": [moment] * count,
        }
    )


def _changed_rows(context: Context, rows: Any) -> pa.Table:
    versions = [version + 1 for version in rows["version"].to_pylist()]
    return pa.table(
        {
            "id": rows["id"],
            **_searchable(rows),
            "category": rows["category"],
            "unit_cost_minor": rows["unit_cost"],
            "version": versions,
            "updated_at": [tables.moment(context.now)] * rows.num_rows,
        }
    )
