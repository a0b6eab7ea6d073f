"""What an export of everything costs, on bases that `benchmarks.pages` has filled.

    python -m benchmarks.exports sqlite:////tmp/pages.sqlite3 postgresql://mainstay@127.0.0.1/pages

Each export is a process of its own; processor seconds are its own, so those of a PostgreSQL server
come on top. The bases must be migrated.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import machine, run_once

SHOWN = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("databases", nargs="+")
    parser.add_argument("--format", choices=["parquet", "csv"], default="parquet")
    given = parser.parse_args()
    print(machine())
    for url in given.databases:
        with tempfile.TemporaryDirectory() as folder:
            told(url, Path(folder, "out"), given.format)


def told(url: str, path: Path, form: str) -> None:
    """Export once and print what it cost and which tables are the largest."""
    os.environ["MAINSTAY_DATABASE_URL"] = url
    command = [sys.executable, "-m", "mainstay", "export", str(path), "--format", form]
    cost = run_once(command)
    manifest = json.loads((path / "manifest.json").read_text())
    size = sum(table["bytes"] for table in manifest["tables"]) / 1e6
    print(f"{url.partition(':')[0]}: {manifest['rows']:,} rows, {size:,.0f} MB")
    print(f"  {cost.wall:.0f} s, {cost.cpu:.0f} CPU s, {cost.peak:.0f} MiB")
    largest = sorted(manifest["tables"], key=lambda table: -int(table["rows"]))[:SHOWN]
    for table in largest:
        print(f"  {table['name']:24} {table['rows']:>12,} rows {table['bytes'] / 1e6:>8,.0f} MB")


if __name__ == "__main__":
    main()
