"""The future of a customer who is there for the next opportunity, under BG/BB.

Such a customer buys at each opportunity with a probability Beta(alpha + x, beta + n - x) and leaves
before each further one with a probability Beta(gamma, delta + n + 1). The chance of still being
there at the j-th opportunity is
    S(j) = (delta + n + 1) ... (delta + n + j - 1) / ((gamma + delta + n + 1) ... ),
one factor from the one before, so every horizon comes out of one recurrence.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mainstay.analysis.lifetime.bg_bb_likelihood import Rises
from mainstay.analysis.lifetime.future import Moments, Span
from mainstay.analysis.numerics.arrays import Floats
from mainstay.analysis.numerics.distinct import Pairs, distinct

FAR = 37.0  # exp(-37) is below the rounding error of 1
MOST_AHEAD = 2_000_000  # opportunities


class Coins(NamedTuple):
    """How customers differ: purchase Beta(alpha, beta), dropout Beta(gamma, delta)."""

    alpha: float
    beta: float
    gamma: float
    delta: float


def ahead(span: Span) -> int:
    """Return how many opportunities the span looks ahead, or raise ValueError with a sentence."""
    end = min(span.horizon, np.ceil(FAR / span.rate)) if span.rate > 0 else span.horizon
    if end > MOST_AHEAD:
        raise ValueError(
            f"The forecast looks {end:g} opportunities ahead, more than two million. Give a nearer"
            " horizon or a larger discount rate."
        )
    return whole(end)


def whole(t: float) -> int:
    """Return a number of opportunities, or raise ValueError with a sentence."""
    if t != np.floor(t):
        raise ValueError(f"t is {t:g}. It counts opportunities to buy, so give a whole number.")
    return int(t)


def there(c: Coins, n: float, most: int) -> Floats:
    """Return S(1) .. S(most) and its log slopes by gamma and delta: three rows."""
    j = c.delta + n + 1.0 + np.arange(float(max(most - 1, 0)))
    rows = np.zeros((3, most))
    np.cumsum(-np.log1p(c.gamma / j), out=rows[0, 1:])
    np.cumsum(-1.0 / (c.gamma + j), out=rows[1, 1:])
    np.cumsum(1.0 / j - 1.0 / (c.gamma + j), out=rows[2, 1:])
    rows[0] = np.exp(rows[0])
    return rows


def moments(c: Coins, pairs: Pairs, span: Span) -> Moments:
    """Return the moments of discounted purchases, per distinct (x, n)."""
    most = ahead(span)
    lengths, place = distinct(pairs.T)
    table = np.zeros((5, lengths.size))
    for k in range(lengths.size if most else 0):
        table[:, k] = _sums(there(c, float(lengths[k]), most), span.rate)
    single, squared, double, by_gamma, by_delta = table[:, place]
    own, size = c.alpha + pairs.x, c.alpha + c.beta + pairs.T
    once, twice = own / size, own / size * (own + 1.0) / (size + 1.0)
    slopes = np.stack(
        [
            c.alpha * (1.0 / own - 1.0 / size),
            -c.beta / size,
            c.gamma * by_gamma,
            c.delta * by_delta,
        ]
    )
    return Moments(once * single, once * squared, once * squared + 2.0 * twice * double, slopes)


def _sums(stay: Floats, rate: float) -> Floats:
    discount = np.exp(-rate * np.arange(1.0, stay.shape[1] + 1.0))
    weight = discount * stay[0]
    before = np.cumsum(discount) - discount
    single = weight.sum()
    return np.array([single, weight @ discount, weight @ before, *(stay[1:] @ weight / single)])


def means(c: Coins, pairs: Pairs, times: Floats) -> Floats:
    """Return E[purchases at the next t opportunities | there for the next]: a row for each t."""
    ends = np.array([whole(float(t)) for t in times], dtype=np.int64)
    lengths, place = distinct(pairs.T)
    most = int(ends.max(initial=0))
    sums = np.stack([np.append(0.0, np.cumsum(there(c, float(n), most)[0])) for n in lengths])
    rate = (c.alpha + pairs.x) / (c.alpha + c.beta + pairs.T)
    return np.asarray(rate * sums[:, ends].T[:, place])


def counted(c: Coins, pairs: Pairs, t: float, most: int) -> Floats:
    """Return P(k purchases at the next t opportunities | there for the next): a row per k."""
    end = whole(t)
    found = np.zeros((most + 1, pairs.T.size))
    if end == 0:
        found[0] = 1.0
        return found
    k, j = np.arange(most + 1)[:, None], np.arange(1, end + 1)
    possible, rest = k <= j, np.maximum(j - k, 0)
    factorial = Rises.of(1.0, max(end, most)).log
    ways = factorial[j] - factorial[k] - factorial[rest]
    for i, (x, n) in enumerate(zip(pairs.x, pairs.T, strict=True)):
        stay = np.append(there(c, float(n), end)[0], 0.0)
        until = stay[:-1] - stay[1:]
        until[-1] = stay[-2]
        bought = Rises.of(c.alpha + float(x), most).log[k]
        passed = Rises.of(c.beta + float(n - x), end).log[rest]
        total = Rises.of(c.alpha + c.beta + float(n), end).log[j]
        found[:, i] = (np.exp(ways + bought + passed - total) * possible) @ until
    return found
