"""`mainstay analyse` beside lifetimes, pymc-marketing and the bare DuckDB query, in one run.

python -m benchmarks.analyse [--lines N] [--customers N] [--rounds 3] [--without pymc]
"""

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from benchmarks.measure import Cost, in_turn, machine, publish, run_once, versions

HERE = Path(__file__).parent
AS_OF = "2025-12-31"


def peer(name: str, home: Path) -> str:
    """Return the interpreter of a peer's own environment, made from its lock file when absent."""
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        lock = HERE / "peers" / f"{name}.txt"
        install = [str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(lock)]
        subprocess.run(install, check=True)
    return str(python)


def commands(lines: Path, work: Path, given: argparse.Namespace) -> dict[str, list[str]]:
    ours = [sys.executable, "-m", "mainstay", "analyse", str(lines)]
    ours += ["--out", str(work / "ours"), "--as-of", AS_OF]
    all_of_them = {"mainstay analyse": ours}
    for name in ("lifetimes", "pymc"):
        if name not in given.without:
            script = str(HERE / "peers" / f"with_{name}.py")
            python = peer(name, given.environments / name)
            all_of_them[name] = [python, script, str(lines), str(work / f"{name}.parquet"), AS_OF]
    floor = [sys.executable, str(HERE / "peers" / "bare_duckdb.py"), str(lines)]
    all_of_them["bare DuckDB query"] = [*floor, str(work / "floor.parquet"), AS_OF]
    return all_of_them


def rows(costs: dict[str, Cost]) -> str:
    ours = costs["mainstay analyse"]
    head = "| | wall s | CPU s | peak MiB | wall ÷ ours |\n|---|---|---|---|---|\n"
    return head + "".join(
        f"| {name} | {c.wall:.2f} | {c.cpu:.2f} | {c.peak:.0f} | {c.wall / ours.wall:.2f} |\n"
        for name, c in costs.items()
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=9_800_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", action="append", default=[], choices=["lifetimes", "pymc"])
    parser.add_argument("--environments", type=Path, default=HERE / "data" / "environments")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        lines = work / "lines.parquet"
        generator = [sys.executable, "-m", "benchmarks.generate", str(lines)]
        run_once([*generator, "--customers", str(given.customers), "--lines", str(given.lines)])
        all_of_them = commands(lines, work, given)
        run_once(all_of_them["mainstay analyse"])  # compiles once, as an installed copy has
        costs = in_turn(all_of_them, given.rounds)
    title = f"{given.lines:,} order lines of {given.customers:,} customers"
    note = f"Medians of {given.rounds}, whole processes in turn. {machine()}; "
    publish(title, note + versions("duckdb", "numpy") + ".\n\n" + rows(costs))


if __name__ == "__main__":
    main()
