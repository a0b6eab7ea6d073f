"""Parquet files of the mirror: lines spread over months, files without some ids, orders counted."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mainstay.engine.embedded import quoted

# The canonical order lines, in the types in which the mirror keeps them.
LINES = pa.schema(
    [
        ("customer_id", pa.int64()),
        ("order_id", pa.int64()),
        ("line", pa.int64()),
        ("ordered_at", pa.timestamp("us", tz="UTC")),
        ("day", pa.date32()),
        ("product_id", pa.int64()),
        ("quantity", pa.float64()),
        ("amount_minor", pa.int64()),
        ("cost_minor", pa.int64()),
        ("kind", pa.string()),
    ]
)
ROWS_PER_GROUP = 50_000
# Dictionaries of many values make files larger and take a quarter of the time to write.
DICTIONARIES = ["kind"]
FACTS = """
    SELECT customer_id, order_id, min(ordered_at) AS ordered_at, min(day) AS day, kind,
        count(*) AS lines, sum(quantity) AS quantity, sum(amount_minor)::BIGINT AS amount_minor,
        CASE WHEN count(cost_minor) = count(*) THEN sum(cost_minor)::BIGINT END AS cost_minor,
        sum(cost_minor)::BIGINT AS known_cost_minor,
        sum(amount_minor) FILTER (cost_minor IS NOT NULL)::BIGINT AS costed_minor
    FROM read_parquet([{files}]) GROUP BY customer_id, order_id, kind
"""


class Parts:
    """New files, one per month; nothing counts before it is published."""

    def __init__(self, folder: Path) -> None:
        """Begin with no file."""
        self.folder = folder
        self.names: dict[str, str] = {}
        self.rows = 0
        self.order_ids: list[pa.Array] = []
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._waiting: dict[str, list[pa.Table]] = {}

    def __enter__(self) -> "Parts":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None
    ) -> None:
        """Write what waits and close every file."""
        if kind is None:
            for month in list(self._waiting):
                self._flush(month)
        for writer in self._writers.values():
            writer.close()

    def add(self, batch: pa.RecordBatch) -> None:
        """Spread a batch of canonical lines over the months of their days."""
        table = pa.table({name: batch[name] for name in LINES.names}).cast(LINES)
        if not table.num_rows:
            return
        self.order_ids.append(pc.unique(table["order_id"]))
        months = _months(table["day"].combine_chunks())
        if len(months.dictionary) == 1:  # files are mostly written in order of time
            self.put(months.dictionary[0].as_py(), table)
            return
        order = pc.sort_indices(months.indices)
        table, places = table.take(order), months.indices.take(order)
        counts = pc.value_counts(places)
        start = 0
        for place, count in sorted((v["values"].as_py(), v["counts"].as_py()) for v in counts):
            self.put(months.dictionary[place].as_py(), table.slice(start, count))
            start += count

    def put(self, month: str, rows: pa.Table) -> None:
        """Add lines of one month."""
        waiting = self._waiting.setdefault(month, [])
        waiting.append(rows)
        self.rows += rows.num_rows
        if sum(piece.num_rows for piece in waiting) >= ROWS_PER_GROUP:
            self._flush(month)

    def _flush(self, month: str) -> None:
        waiting = self._waiting.pop(month, [])
        if not waiting:
            return
        if month not in self._writers:
            self.names[month] = f"lines-{month}-{secrets.token_hex(8)}.parquet"
            path = self.folder / self.names[month]
            self._writers[month] = pq.ParquetWriter(
                path, LINES, compression="zstd", use_dictionary=DICTIONARIES
            )
        self._writers[month].write_table(pa.concat_tables(waiting))


def _months(days: pa.Array) -> pa.DictionaryArray:
    """Return the month of each day; there are few days, so each is written as a month once."""
    different = days.dictionary_encode()
    months = pc.strftime(different.dictionary, format="%Y-%m").dictionary_encode()
    return pa.DictionaryArray.from_arrays(months.indices.take(different.indices), months.dictionary)


def without(path: Path, column: str, ids: pa.Array) -> pa.Table | None:
    """Return the rows of the file whose column is none of the ids; None if all of them remain."""
    found = pc.is_in(pq.read_table(path, columns=[column])[column], value_set=ids)
    if not pc.any(found).as_py():
        return None
    return pq.read_table(path, schema=LINES).filter(pc.invert(found))


def write_facts(files: Mapping[Path, list[Path]]) -> None:
    """Write files of one row per order (and kind of line), each of the lines in some files."""
    with duckdb.connect(config={"memory_limit": "512MiB"}) as raw:
        raw.execute("SET TimeZone = 'UTC'")
        for path, lines in files.items():
            query = FACTS.format(files=", ".join(quoted(line) for line in lines))
            raw.execute(f"COPY ({query}) TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)")
