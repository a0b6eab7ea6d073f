"""How often nominal 90 % prediction intervals hold what happens, in simulation from each model.

python -m benchmarks.predictions [--runs 400] [--customers 2000]
"""

import argparse
from typing import Any, NamedTuple

import numpy as np

from benchmarks.coverage import LEVEL, NONE
from benchmarks.measure import machine, publish, versions
from mainstay.analysis.lifetime import (
    bg_nbd,
    clv,
    forecast,
    gamma_gamma,
    mbg_nbd,
    nbd,
    pareto_nbd,
    simulation,
    totals,
)
from mainstay.analysis.value import forecasts
from mainstay.analysis.value.histories import Histories

AHEAD = 365.0  # days
SPEND = {"p": 6.25, "q": 3.74, "v": 15.44}
TERMS = clv.Terms(horizon=AHEAD, rate=0.0, level=LEVEL)
WORLDS: dict[str, tuple[Any, Any]] = {
    "NBD": (nbd, nbd.Nbd(r=0.8, alpha=60.0, log_likelihood=0.0, n=1.0, log_covariance=NONE)),
    "BG/NBD": (
        bg_nbd,
        bg_nbd.BgNbd(
            r=0.6, alpha=40.0, a=0.8, b=2.4, log_likelihood=0.0, n=1.0, log_covariance=NONE
        ),
    ),
    "MBG/NBD": (
        mbg_nbd,
        mbg_nbd.MbgNbd(
            r=0.8, alpha=40.0, a=0.7, b=2.0, log_likelihood=0.0, n=1.0, log_covariance=NONE
        ),
    ),
    "Pareto/NBD": (
        pareto_nbd,
        pareto_nbd.ParetoNbd(
            r=0.7, alpha=40.0, s=0.6, beta=150.0, log_likelihood=0.0, n=1.0, log_covariance=NONE
        ),
    ),
}


class Held(NamedTuple):
    """Whether the intervals of one base held: of each customer the share, of totals 0 or 1."""

    purchases: float
    value: float
    all_purchases: float
    all_value: float


class Spent(NamedTuple):
    """Mean spend of the repeat purchases so far, and what is spent afterwards."""

    mean: np.ndarray
    later: np.ndarray


def spent(x: np.ndarray, later: np.ndarray, rng: np.random.Generator) -> Spent:
    level = rng.gamma(SPEND["q"], 1.0 / SPEND["v"], x.size)

    def amount(n: np.ndarray) -> np.ndarray:
        return np.where(n > 0, rng.gamma(SPEND["p"] * np.maximum(n, 1.0)) / level, 0.0)

    return Spent(amount(x) / np.maximum(x, 1.0), amount(later))


def one_base(module: Any, true: Any, seed: int, customers: int) -> Held:
    """Draw a base, fit it, forecast a year, and look what the year brings."""
    rng = np.random.default_rng(seed)
    T = rng.uniform(200, 600, customers)
    known, later = simulation.draw(true, T=T, rng=rng, later=AHEAD)
    x, t_x = known.x, known.t_x
    money = spent(x, later, rng)
    model = module.fit(frequency=x, recency=t_x, T=T)
    again = x > 0
    spend = gamma_gamma.fit(frequency=x[again], monetary=money.mean[again])
    history = {"frequency": x, "recency": t_x, "T": T, "monetary": money.mean}
    scores = clv.score(model, spend, t=AHEAD, terms=TERMS, **history)
    total = totals.purchases(forecast.Base.of(model, x, t_x, T), t=AHEAD, level=LEVEL)
    whole = forecasts.total_value(
        forecasts.Models(model, spend, ()),
        {"value": scores.value.mean.sum(), "n": customers},
        Histories(x, t_x, T, money.mean, None),
        terms=TERMS,
    )
    return Held(
        holds(scores.purchases, later),
        holds(scores.value, money.later),
        holds(total, later.sum()),
        holds(whole, money.later.sum()),
    )


def holds(told: Any, happened: Any) -> float:
    return float(np.mean((told.low <= happened) & (happened <= told.high)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--customers", type=int, default=2000)
    given = parser.parse_args()
    text = "| model | purchases of each | value of each | all purchases | value of all |\n"
    text += "|---|---|---|---|---|\n"
    for name, (module, true) in WORLDS.items():
        held = [one_base(module, true, seed, given.customers) for seed in range(given.runs)]
        shares = 100.0 * np.mean(held, axis=0)
        text += f"| {name} | {' | '.join(f'{share:.1f}' for share in shares)} |\n"
        print(text.splitlines()[-1], flush=True)
    note = (
        f"Nominal 90 %: a year ahead of {given.runs} simulated bases of {given.customers:,}"
        " customers per model, their parameters fitted; value is spend in that year. Share that the"
        " intervals held, per cent (chance alone moves those of all by"
        f" {196 * np.sqrt(0.09 / given.runs):.1f} points). Purchases are whole: the least interval"
        f" that holds 90 % of them may hold more.\n{machine()}; {versions('numpy')}.\n\n"
    )
    publish("Coverage of the prediction intervals", note + text)


if __name__ == "__main__":
    main()
