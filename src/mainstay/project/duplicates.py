"""`mainstay duplicates FILE`: probable duplicates in a file of customers, without the site."""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mainstay.analysis.matching import records

if TYPE_CHECKING:
    import pyarrow as pa

    from mainstay.engine.matching import Found

KINDS = (records.PERSON, "organisation")
NAMES = frozenset({"name", "given_name", "surname", "email", "phone", "tax_number"})


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mainstay duplicates", description=__doc__)
    parser.add_argument("file", type=Path, help="Parquet or CSV with a heading line")
    parser.add_argument("--out", type=Path, help="where the pairs go, as CSV (default: screen)")
    parser.add_argument("--least", type=float, default=0.5, help="probability, default 0.5")
    parser.add_argument("--memory", default="2GiB", help="of the engine, default 2GiB")
    parser.add_argument(
        "--kind", choices=KINDS, default=KINDS[0], help="where the file has no column “kind”"
    )
    return parser


def run(words: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    given = options().parse_args(words)
    if not 0 < given.least < 1:
        return _refuse("Give --least a probability between 0 and 1, such as 0.9.")
    try:
        rows = _read(given.file)
    except (OSError, ValueError) as reason:
        return _refuse(f"{given.file} cannot be read as Parquet or CSV: {reason}.")
    if not NAMES & set(rows.column_names):
        known = ", ".join(records.WRITTEN)
        return _refuse(f"{given.file} has no column to compare. Name its columns: {known}.")
    out = given.out.open("w", newline="", encoding="utf-8") if given.out else sys.stdout
    try:
        for kind in KINDS:
            _search(rows, kind, given, csv.writer(out))
    finally:
        if given.out:
            out.close()
    return 0


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 2


def _read(path: Path) -> "pa.Table":
    import pyarrow.csv as pc
    import pyarrow.parquet as pq

    if path.suffix.lower() == ".parquet":
        return pq.read_table(path)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        names = next(csv.reader(lines), [])
    as_text = dict.fromkeys(names, "string")
    return pc.read_csv(path, convert_options=pc.ConvertOptions(column_types=as_text))


def _search(rows: "pa.Table", kind: str, given: argparse.Namespace, out: Any) -> None:
    from mainstay.engine import matching
    from mainstay.engine.embedded import Means

    told = records.batches(_written(rows, kind, given.kind))
    found = matching.find(told, least=given.least, means=Means(given.memory, 0, None))
    names = rows.column("id").to_pylist() if "id" in rows.column_names else None
    for pair in found.pairs:
        both = (names[pair.left], names[pair.right]) if names else (pair.left + 1, pair.right + 1)
        out.writerow([*both, round(pair.probability, 4), json.dumps(pair.steps)])
    sys.stderr.write(_summed(found, kind))


def _summed(found: "Found", kind: str) -> str:
    return (
        f"{kind}: {found.records} records, {found.compared} pairs compared, {found.above} probable"
        f" duplicates; weights {found.weights.method}.\n"
    )


def _written(rows: "pa.Table", kind: str, otherwise: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of one kind, numbered by their place in the file."""
    place = 0
    for batch in rows.select([n for n in rows.column_names if n in records.WRITTEN]).to_batches(
        max_chunksize=records.BATCH
    ):
        for row in batch.to_pylist():
            if (row.get("kind") or otherwise) == kind:
                yield {**row, "id": place, "kind": kind}
            place += 1
