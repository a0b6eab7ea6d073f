"""Who forecasts best? Several splits of CDNOW and Online Retail, ours beside both peers.

Ours is one forecast per split, chosen without a look at the holdout: `compare` splits what was
known once more, chooses there, and the chosen model is fitted on all that was known. Peers come
with all their models, and the best of them is taken with hindsight.

    python -m benchmarks.holdout [--without pymc]
"""

import argparse
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from pyarrow import parquet

from benchmarks import holdout_data as data
from benchmarks.analyse import HERE, peer
from benchmarks.measure import machine, publish, versions
from mainstay.analysis.lifetime import candidates, compare, holdout, names

PEERS = ("lifetimes", "pymc")
SPLITS = {
    "CDNOW sample": ("1998-06-30", ("1997-06-30", "1997-09-30", "1997-12-31", "1998-03-31")),
    "Online Retail": ("2011-12-09", ("2011-06-09", "2011-08-31", "2011-09-30", "2011-10-31")),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", action="append", default=[], choices=PEERS)
    parser.add_argument("--environments", type=Path, default=HERE / "data" / "environments")
    given = parser.parse_args()
    pythons = {
        name: peer(name, given.environments / name) for name in PEERS if name not in given.without
    }
    load = {
        "CDNOW sample": lambda: data.cdnow("CDNOW_sample.txt", (1, 2)),
        "Online Retail": data.online_retail,
    }
    rows, both = [], []
    for name, (last, ends) in SPLITS.items():
        days = load[name]()
        for end in ends:
            figures = _split(days, end, last, pythons)
            both.append((name, end, figures))
            rows += _rows(name, end, figures)
    text = f"{HEAD}\n\n{machine()}; {versions('numpy')}.\n\n" + "\n".join([*TABLE, *rows])
    publish("Holdout: forecasts of purchases", f"{text}\n\n{_means(both)}")


HEAD = """Total error: of all purchases in the holdout, per cent of the actual. MAE: per customer.
Peers give each customer's expectation. Ours gives the expectation (total error; its MAE in
brackets) and the median, the forecast that makes the absolute error least. *Ours* was chosen on an
inner split of what was known; the best peer of each column is the best with hindsight."""
TABLE = (
    "| data | known to | ours | total error | MAE | best peer, total | best peer, MAE |",
    "|---|---|---|---|---|---|---|",
)
Figures = dict[str, tuple[float, float, float]]  # name: total error, MAE of means, MAE of medians


def _split(days: data.Days, end: str, last: str, pythons: dict[str, str]) -> Figures:
    known, after = data.known_at(days, end, last)
    chosen = compare.compare(*data.inner(days, end)).chosen
    fitted = candidates.fit(chosen, known)
    history = {"frequency": known.x, "recency": known.t_x, "T": known.T}
    mean = fitted.expected_purchases(t=after.days, **history)
    spread = fitted.purchase_distribution(t=after.days, most=300, **history)
    median = compare.quantile(np.cumsum(spread, axis=1), 0.5)
    ours = holdout.errors(mean, after.purchases)
    label = f"ours: {names.title(chosen, dropout=fitted.dropout)}"
    label += ", calendar" if chosen.endswith(names.CALENDAR) else ""
    middle = holdout.errors(median, after.purchases).mae
    return {label: (ours.bias or 0.0, ours.mae, middle)} | _peers(days, end, last, pythons)


def _peers(days: data.Days, end: str, last: str, pythons: dict[str, str]) -> Figures:
    split = data.split(days, end, last)
    found: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        histories, out = Path(folder) / "histories.parquet", Path(folder) / "out.parquet"
        split.write(histories)
        for name, python in pythons.items():
            script = HERE / "peers" / f"holdout_{name}.py"
            command = [python, str(script), str(histories), str(out), str(split.weeks)]
            subprocess.run(command, check=True, capture_output=True)
            forecasts = parquet.read_table(out)
            for model in forecasts.column_names:
                error = holdout.errors(forecasts[model].to_numpy(), split.actual)
                found[model] = (error.bias or 0.0, error.mae, error.mae)
    return found


def _rows(name: str, end: str, figures: Figures) -> list[str]:
    label, (bias, mae, median) = next(iter(figures.items()))
    peers = {key: value for key, value in figures.items() if key != label}
    total = min(peers, key=lambda key: abs(peers[key][0]), default="")
    each = min(peers, key=lambda key: peers[key][1], default="")
    best = f"{peers[total][0]:+.2f} % {total}" if total else "–"
    closest = f"{peers[each][1]:.4f} {each}" if each else "–"
    cells = [name, end, label.removeprefix("ours: "), f"{bias:+.2f} %"]
    return [f"| {' | '.join([*cells, f'{median:.4f} ({mae:.4f})', best, closest])} |"]


def _means(both: list[tuple[str, str, Figures]]) -> str:
    """Return each forecaster's mean over the splits of each data set."""
    lines = ["Means over the splits (absolute total error in per cent, MAE):", ""]
    lines += ["| data | forecaster | splits | total error | MAE |", "|---|---|---|---|---|"]
    for name in SPLITS:
        found: dict[str, list[tuple[float, float]]] = {}
        for data_set, _end, figures in both:
            for key, (bias, _mae, median) in figures.items():
                if data_set == name:
                    label = "ours" if key.startswith("ours") else key
                    found.setdefault(label, []).append((abs(bias), median))
        for key, values in found.items():
            bias, mae = np.mean(values, axis=0)
            lines.append(f"| {name} | {key} | {len(values)} | {bias:.2f} | {mae:.4f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
