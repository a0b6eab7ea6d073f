"""Finding records of one customer, by Splink: make keys, train the weights, compare, explain."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from mainstay.analysis.matching import keys
from mainstay.analysis.matching.comparisons import compared
from mainstay.analysis.matching.explanation import Step, steps
from mainstay.analysis.matching.levels import Comparison
from mainstay.analysis.matching.records import COLUMNS, TABLE
from mainstay.analysis.matching.weights import BIN, Weights, shipped
from mainstay.engine.embedded import Means, answering
from mainstay.engine.matching_training import linked, settings, trained

if TYPE_CHECKING:
    from splink.internals.database_api import DatabaseAPI
    from splink.internals.splink_dataframe import SplinkDataFrame

Report = Callable[[str], None]
LEAST_WEIGHT = -6.0  # bits; what is weighed less is counted only
LARGEST_RESULT = 200_000  # pairs above the bound; more than that nobody reviews


@dataclass(frozen=True)
class Found:
    """What a search found: pairs by falling weight, and how it came about."""

    pairs: list[Pair]
    weights: Weights
    records: int
    compared: int
    above: int  # pairs above the bound, also those beyond the largest result
    bins: dict[int, int]  # from so many bits → pairs
    coverage: list[dict[str, Any]]


@dataclass(frozen=True)
class Pair:
    """Two records, the smaller number first, and how each comparison weighed in."""

    left: int
    right: int
    weight: float
    probability: float
    steps: list[Step]


def find(
    records: Iterable[pa.RecordBatch],
    *,
    least: float,
    weights: Weights | None = None,
    means: Means | None = None,
    report: Report = lambda _text: None,
) -> Found:
    """Return the pairs whose probability is at least `least`, of rows as `records.batches` yields.

    Without weights they are trained on these rows first. What does not fit into the memory that
    `means` allows goes to its folder.
    """
    from splink import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    means = means or Means("2GiB", 0, None)
    connection = duckdb.connect(":memory:", config=means.as_options())
    try:
        with answering():
            _load(connection, records)
            return search(
                DuckDBAPI(connection), "customers", least=least, weights=weights, report=report
            )
    finally:
        connection.close()


def _load(connection: duckdb.DuckDBPyConnection, records: Iterable[pa.RecordBatch]) -> None:
    """Take the rows in this thread: DuckDB reads with its own, which know no database of a site."""
    empty = TABLE.empty_table()
    connection.register("told", empty)
    connection.execute("CREATE TABLE customers AS SELECT * FROM told").fetchall()
    for batch in records:
        connection.register("told", pa.Table.from_batches([batch], TABLE))
        connection.execute("INSERT INTO customers SELECT * FROM told").fetchall()
    connection.unregister("told")


def search(
    api: DatabaseAPI[Any],
    table: str,
    *,
    least: float,
    weights: Weights | None = None,
    report: Report = lambda _text: None,
) -> Found:
    """Return the pairs in a table that an engine of Splink holds already."""
    count, filled = _filled(api, table)
    usable = keys.usable(filled)
    asked = compared(filled)
    if count <= 1 or not usable or not asked:
        return Found([], weights or shipped(records=count), count, 0, 0, {}, [])
    report("keys")
    keyed, left_out = _keyed(api, table, usable)
    if weights is None:
        report("train")
        weights = trained(api, keyed, asked, usable, count)
    report("compare")
    source = api.register(keyed.physical_name, table_name="compared")
    linker = linked(source, settings(api, asked, usable, weights))
    blocked = linker.inference.compute_blocked_pairs_for_predict()
    coverage = _coverage(api, blocked, usable, left_out)
    scored = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT, warning_mode="never")
    report("explain")
    bound = _bits(least)
    bins, above = _bins(api, scored, bound)
    pairs = _pairs(api, scored, asked, weights, bound)
    total = sum(row["pairs"] for row in coverage)
    return Found(pairs, weights, count, total, above, bins, coverage)


def _filled(api: DatabaseAPI[Any], table: str) -> tuple[int, frozenset[str]]:
    """Return how many records there are, and the columns in which any has something."""
    counts = ", ".join(f"count({column}) AS {column}" for column in COLUMNS)
    row = _rows(api, f"SELECT count(*) AS records, {counts} FROM {table}")[0]  # noqa: S608
    return int(row.pop("records")), frozenset(name for name, filled in row.items() if filled)


def _rows(api: DatabaseAPI[Any], query: str) -> list[dict[str, Any]]:
    found = api.query_sql(query)
    rows: list[dict[str, Any]] = found.as_record_list()
    found.drop_table_from_database_and_remove_from_cache()
    return rows


def _keyed(
    api: DatabaseAPI[Any], table: str, usable: tuple[keys.Key, ...]
) -> tuple[SplinkDataFrame, dict[str, tuple[int, int]]]:
    """Return the records with their keys, and per key how many values, of records, are too many."""
    every = ", ".join(f"{_expression(key)} AS {key.column}" for key in usable)
    keyed = api.query_sql(f"SELECT *, {every} FROM {table}")  # noqa: S608
    crowds = " UNION ALL ".join(
        f"SELECT '{key.name}' AS name, {key.column} AS value, count(*) AS n"  # noqa: S608
        f" FROM {keyed.physical_name} WHERE {key.column} IS NOT NULL"
        f" GROUP BY {key.column} HAVING count(*) > {keys.LARGEST_BLOCK}"
        for key in usable
    )
    crowded = api.query_sql(crowds)
    sums = (
        f"SELECT name, count(*) AS crowds, sum(n) AS n FROM {crowded.physical_name} GROUP BY name"  # noqa: S608
    )
    left_out = {row["name"]: (int(row["crowds"]), int(row["n"])) for row in _rows(api, sums)}
    if not left_out:
        return keyed, {}
    return _thinned(api, keyed, crowded, usable, left_out), left_out


def _expression(key: keys.Key) -> str:
    known = " AND ".join(f"{column} IS NOT NULL" for column in key.columns)
    return f"CASE WHEN {known} THEN {key.expression} END"


def _thinned(
    api: DatabaseAPI[Any],
    keyed: SplinkDataFrame,
    crowded: SplinkDataFrame,
    usable: tuple[keys.Key, ...],
    left_out: dict[str, tuple[int, int]],
) -> SplinkDataFrame:
    """Return the records without the keys that too many share."""
    plain = ["unique_id", "fresh", *COLUMNS]
    columns = [f"c.{name}" for name in plain]
    joins = []
    for key in usable:
        if key.name not in left_out:
            columns.append(f"c.{key.column}")
            continue
        columns.append(
            f"CASE WHEN x_{key.name}.value IS NULL THEN c.{key.column} END AS {key.column}"
        )
        joins.append(
            f"LEFT JOIN {crowded.physical_name} x_{key.name} ON x_{key.name}.name = '{key.name}'"
            f" AND x_{key.name}.value = c.{key.column}"
        )
    return api.query_sql(
        f"SELECT {', '.join(columns)} FROM {keyed.physical_name} c {' '.join(joins)}"  # noqa: S608
    )


def _coverage(
    api: DatabaseAPI[Any],
    blocked: SplinkDataFrame,
    usable: tuple[keys.Key, ...],
    left_out: dict[str, tuple[int, int]],
) -> list[dict[str, Any]]:
    """Return per key how many pairs only it brought, and which of its values were too many."""
    query = f"SELECT match_key, count(*) AS n FROM {blocked.physical_name} GROUP BY match_key"  # noqa: S608
    pairs = {int(row["match_key"]): int(row["n"]) for row in _rows(api, query)}
    found = []
    for number, key in enumerate(usable):
        crowds, records = left_out.get(key.name, (0, 0))
        entry = {"key": key.name, "pairs": pairs.get(number, 0)}
        found.append(entry | {"crowds": crowds, "records_left_out": records})
    return found


def _bits(probability: float) -> float:
    return math.log2(probability / (1 - probability)) if probability < 1 else 1000.0


def _bins(
    api: DatabaseAPI[Any], scored: SplinkDataFrame, bound: float
) -> tuple[dict[int, int], int]:
    query = (
        f"SELECT CAST(floor(match_weight / {BIN}) * {BIN} AS BIGINT) AS bin, count(*) AS n,"  # noqa: S608
        f" sum(CASE WHEN match_weight >= {bound} THEN 1 ELSE 0 END) AS above"
        f" FROM {scored.physical_name} GROUP BY 1"
    )
    rows = sorted(_rows(api, query), key=lambda row: int(row["bin"]))
    return {int(row["bin"]): int(row["n"]) for row in rows}, sum(int(row["above"]) for row in rows)


def _pairs(
    api: DatabaseAPI[Any],
    scored: SplinkDataFrame,
    asked: tuple[Comparison, ...],
    weights: Weights,
    bound: float,
) -> list[Pair]:
    """Return the pairs above the bound with their steps, the most probable first."""
    found = _rows(
        api,
        f"SELECT * FROM {scored.physical_name} WHERE match_weight >= {bound}"  # noqa: S608
        f" ORDER BY match_weight DESC, unique_id_l, unique_id_r LIMIT {LARGEST_RESULT}",
    )
    prior = _bits(weights.prior)
    return [_pair(row, asked, prior) for row in found]


def _pair(row: dict[str, Any], asked: tuple[Comparison, ...], prior: float) -> Pair:
    left, right = sorted((int(row["unique_id_l"]), int(row["unique_id_r"])))
    weight, probability = float(row["match_weight"]), float(row["match_probability"])
    return Pair(left, right, weight, probability, steps(row, asked, prior_bits=prior))
