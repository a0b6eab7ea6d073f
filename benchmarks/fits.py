"""Fits and scores beside lifetimes and pymc-marketing: CPU seconds of the steps alone.

python -m benchmarks.fits [--customers N] [--rounds 3] [--without pymc]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.analyse import HERE, peer
from benchmarks.measure import NO_BYTECODE, machine, publish, versions
from mainstay.analysis.lifetime import bg_nbd, dropout, gamma_gamma, pareto_dropout, simulation
from mainstay.analysis.lifetime.gamma_gamma import Spend
from mainstay.analysis.lifetime.purchasing import exceedances
from mainstay.analysis.numerics.arrays import histories

SEED = 20_261_123
SHARED = Path(os.environ.get("MAINSTAY_SHARED", HERE.parents[1] / "shared"))
Runs = dict[str, list[dict[str, Any]]]


def large_base(customers: int) -> pa.Table:
    """Return histories of BG/NBD and mean spends of Gamma-Gamma, in days and cents."""
    rng = np.random.default_rng(SEED)
    true = bg_nbd.BgNbd(
        r=1.1,
        alpha=49.0,
        a=0.9,
        b=18.5,
        log_likelihood=0.0,
        n=1.0,
        log_covariance=((0.0,) * 4,) * 4,
    )
    drawn = simulation.draw(true, T=rng.uniform(120, 1_096, customers), rng=rng).histories
    x, level = drawn.x, rng.gamma(4.0, 1 / 30.0, customers)
    spend = rng.gamma(6.0 * np.maximum(x, 1), 1.0) / level / np.maximum(x, 1)
    return pa.table(
        {
            "frequency": x,
            "recency": np.ceil(drawn.t_x),
            "T": np.ceil(drawn.T),
            "monetary": np.where(x > 0, np.maximum(np.round(spend, 2), 0.01), 0.0),
        }
    )


def cdnow() -> pa.Table:
    """Return the histories of CDNOW's 23 570 customers in days."""
    lines = (SHARED / "data" / "CDNOW_master.txt").read_text().splitlines()
    rows = [line.split() for line in lines if line.strip()[:1].isdigit()]
    day = np.array([f"{d[:4]}-{d[4:6]}-{d[6:]}" for _, d, *_ in rows]).astype("datetime64[D]")
    who, place = np.unique(np.array([row[0] for row in rows]), return_inverse=True)
    place, day = np.unique(np.stack([place, day.astype(np.int64)]), axis=1)
    first, last = np.full(who.size, np.inf), np.zeros(who.size)
    np.minimum.at(first, place, day)
    np.maximum.at(last, place, day)
    x = np.bincount(place).astype(np.float64) - 1
    return pa.table({"frequency": x, "recency": last - first, "T": day.max() - first})


def commands(given: argparse.Namespace) -> dict[str, list[str]]:
    found = {"mainstay": [sys.executable, str(HERE / "peers" / "fits_with_mainstay.py")]}
    for name in ("lifetimes", "pymc"):
        if name not in given.without:
            script = str(HERE / "peers" / f"fits_with_{name}.py")
            found[name] = [peer(name, given.environments / name), script]
    return found


def measured(command: list[str], task: str, file: Path) -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    done = subprocess.run(
        [*command, task, str(file)], capture_output=True, text=True, env=kept, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def in_turn(all_of_them: dict[str, list[str]], task: str, file: Path, rounds: int) -> Runs:
    runs: Runs = {name: [] for name in all_of_them}
    for number in range(rounds):
        for name, command in all_of_them.items():
            runs[name].append(measured(command, task, file))
            told = {key: v for key, v in runs[name][-1].items() if isinstance(v, float)}
            print(f"  {task}, round {number + 1}: {name}: {told}", flush=True)
    return runs


def log_likelihood(table: pa.Table, found: dict[str, Any]) -> dict[str, float]:
    """Return the log-likelihoods at the parameters found, all by the same functions."""
    h = histories(*(table[name].to_numpy() for name in ("frequency", "recency", "T")))
    given = found["purchases"]
    if "s" in given:
        theta = np.array([given[name] for name in ("r", "alpha", "s", "beta")])
        return {"Pareto/NBD": pareto_dropout.log_likelihood(theta, h, exceedances(h))[0]}
    theta = np.array([given[name] for name in ("r", "alpha", "a", "b")])
    value = dropout.log_likelihood(theta, h, h.where(h.x > 0), exceedances(h))[0]
    m = table["monetary"].to_numpy()
    used = h.x > 0
    spend = np.array([found["spend"][name] for name in ("p", "q", "v")])
    repeats = Spend.of(h.x[used], m[used], np.ones(int(used.sum())))
    money = gamma_gamma.log_likelihood(spend, repeats)[0] - float(np.log(m[used]).sum())
    return {"BG/NBD": value, "Gamma-Gamma": money}


def rows(runs: Runs, table: pa.Table) -> str:
    """Return a table: CPU seconds of each step, times ours, log-likelihoods."""
    steps = [step for step in ("fit", "score") if step in runs["mainstay"][0]]
    medians = {
        name: {step: statistics.median(run[step] for run in these) for step in steps}
        for name, these in runs.items()
    }
    likelihoods = {name: log_likelihood(table, these[0]) for name, these in runs.items()}
    heads = [f"{step}, CPU s | ÷ ours" for step in steps] + list(likelihoods["mainstay"])
    text = (
        f"| | {' | '.join(heads)} |\n|---{'|---' * (2 * len(steps) + len(heads) - len(steps))}|\n"
    )
    for name, told in medians.items():
        cells = [f"{told[s]:.2f} | {told[s] / medians['mainstay'][s]:.1f}" for s in steps]
        cells += [f"{value:.3f}" for value in likelihoods[name].values()]
        text += f"| {name} | {' | '.join(cells)} |\n"
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", action="append", default=[], choices=["lifetimes", "pymc"])
    parser.add_argument("--environments", type=Path, default=HERE / "data" / "environments")
    given = parser.parse_args()
    all_of_them = commands(given)
    sections = [
        ("spend", f"BG/NBD and Gamma-Gamma on {given.customers:,} customers", "fit and score"),
        ("pareto", "Pareto/NBD on CDNOW's 23,570 customers in days", "fit"),
    ]
    for task, title, what in sections:
        table = large_base(given.customers) if task == "spend" else cdnow()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "histories.parquet"
            pq.write_table(table, file)
            runs = in_turn(all_of_them, task, file, given.rounds)
        note = (
            f"CPU seconds to {what}, imports and reading left out, medians of {given.rounds}."
            " Ours with standard errors and, when scoring, prediction intervals; lifetimes has no"
            " standard errors for Pareto/NBD, pymc-marketing's MAP none at all. Log-likelihoods of"
            f" the parameters found, by one function.\n{machine()}; {versions('numpy')}.\n\n"
        )
        publish(title, note + rows(runs, table))


if __name__ == "__main__":
    main()
