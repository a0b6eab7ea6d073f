"""Ten and a hundred million order lines of a lake → the full value table, beside bare DuckDB.

python -m benchmarks.lake [--customers N …] [--rounds 1] [--folder DIR] [--memory 4GiB]
"""

import argparse
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.measure import Cost, in_turn, machine, publish, run_once, versions

HERE = Path(__file__).parent
AS_OF = "2025-12-31"
SIZES = (1_022_000, 10_220_000)  # customers, with nearly ten lines each
MOST, GROWTH, PEAK = 2.5, 1.3, 8 * 1024  # times the floor, times the cost per line, MiB
OURS, FLOOR = "mainstay analyse", "bare DuckDB aggregation"


def made(folder: Path, customers: int) -> tuple[Path, int]:
    """Return a lake of so many customers, drawn where it is absent, and its lines."""
    place = folder / f"lake-{customers}"
    if not place.exists():
        words = ["-m", "benchmarks.generate", str(place), "--lake", "--customers", str(customers)]
        run_once([sys.executable, *words])
    files = (place / "order_lines").rglob("*.parquet")
    return place, sum(pq.read_metadata(path).num_rows for path in files)


def commands(lake: Path, work: Path, memory: str) -> dict[str, list[str]]:
    ours = [sys.executable, "-m", "mainstay", "analyse", f"parquet:{lake}", "--as-of", AS_OF]
    ours += ["--out", str(work / "ours"), "--memory", memory]
    floor = [sys.executable, str(HERE / "peers" / "bare_lake.py"), str(lake)]
    floor += [str(work / "floor.parquet"), AS_OF, memory]
    return {OURS: ours, FLOOR: floor}


def row(name: str, lines: int, cost: Cost, floor: Cost) -> str:
    per_line = f"{1e6 * cost.cpu / lines:.2f}"
    times = f"{cost.wall / floor.wall:.2f} | {cost.cpu / floor.cpu:.2f}"
    figures = f"{cost.wall:.1f} | {cost.cpu:.1f} | {cost.peak:.0f} | {per_line} | {times}"
    return f"| {lines:,} | {name} | {figures} |\n"


def verdict(costs: dict[int, dict[str, Cost]]) -> str:
    """Say how the largest lake does beside what it may cost."""
    lines = max(costs)
    ours, floor = costs[lines][OURS], costs[lines][FLOOR]
    said = f"{ours.wall / floor.wall:.2f} × the wall and {ours.cpu / floor.cpu:.2f} × the CPU time"
    said = f"{lines:,} lines: {said} of the bare aggregation (wanted ≤ {MOST}),"
    said += f" peak {ours.peak / 1024:.1f} GiB (≤ {PEAK / 1024:.0f})"
    if len(costs) > 1:
        growth = (ours.cpu / lines) / (costs[min(costs)][OURS].cpu / min(costs))
        said += f", CPU per line {growth:.2f} × that of {min(costs):,} lines (≤ {GROWTH})"
    return f"\n{said}.\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--memory", default="4GiB")
    parser.add_argument("--note", default="")
    given = parser.parse_args()
    costs: dict[int, dict[str, Cost]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for customers in given.customers:
            lake, lines = made(given.folder or Path(folder), customers)
            costs[lines] = in_turn(commands(lake, Path(folder), given.memory), given.rounds)
    head = "| lines | | wall s | CPU s | peak MiB | CPU µs a line | wall ÷ bare | CPU ÷ bare |\n"
    head += "|---|---|---|---|---|---|---|---|\n"
    rows = "".join(row(n, at, c, of[FLOOR]) for at, of in costs.items() for n, c in of.items())
    note = f"Parquet by month, whole processes, {given.rounds} × in turn, both with {given.memory}"
    note += f" for DuckDB.{given.note}"
    note += f" {machine()}; {versions('duckdb', 'numpy')}.\n\n"
    publish("A lake of order lines: full value table", note + head + rows + verdict(costs))


if __name__ == "__main__":
    main()
