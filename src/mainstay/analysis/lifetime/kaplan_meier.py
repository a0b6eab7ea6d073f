"""Kaplan-Meier: how long customers stay, without a model, by lifelines.

Kaplan & Meier (1958); intervals on the log(-log) scale, which keeps them within 0 .. 1.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime.estimates import Interval, NotEstimable, check_level
from mainstay.analysis.lifetime.renewals import checked
from mainstay.analysis.numerics.arrays import Floats, numbers, positive

FEW = 30  # customers still observed under which the end of the curve is weak


@dataclass(frozen=True, kw_only=True, eq=False)
class KaplanMeier:
    """Survival as steps: after times[i] it is survival[i], within low[i] .. high[i]."""

    times: Floats
    survival: Floats
    low: Floats
    high: Floats
    at_risk: Floats  # customers observed up to times[i]
    lost: Floats  # of them lost at times[i]
    n: float
    level: float
    note: str = ""

    @property
    def losses(self) -> float:
        """Return how many customers were lost."""
        return float(self.lost.sum())

    def survive(self, t: ArrayLike) -> Floats:
        """Return S(t), or raise ValueError beyond the longest time observed."""
        moments = numbers("t", t)
        if (beyond := moments > self.times[-1]).any() and self.survival[-1] > 0:
            late = moments[int(np.argmax(beyond))]
            raise ValueError(
                f"t is {late:g}, but nobody was observed for longer than {self.times[-1]:g}."
                " Kaplan-Meier knows nothing beyond; use a model such as sBG."
            )
        place = np.searchsorted(self.times, moments, side="right") - 1
        return np.where(place < 0, 1.0, self.survival[np.maximum(place, 0)])

    def quantile(self, share: float = 0.5) -> float | None:
        """Return the time by which that share was lost (0.5: median); None where fewer were."""
        check_level(share)
        return self._crossing(self.survival, 1 - share)

    def quantile_interval(self, share: float = 0.5) -> Interval:
        """Return the interval of `quantile`; infinite where the data do not reach its end."""
        check_level(share)
        ends = (self._crossing(self.low, 1 - share), self._crossing(self.high, 1 - share))
        low, high = (np.inf if end is None else end for end in ends)
        return Interval(float(low), float(high))

    def mean_lifetime(self, horizon: float) -> float:
        """Return the mean time with us within the horizon (the area under the curve)."""
        end = positive("horizon", horizon)
        self.survive(end)  # refuses what lies beyond the data
        inner = self.times[(self.times > 0) & (self.times < end)]
        steps = np.concatenate([[0.0], inner])
        return float(np.diff(np.append(steps, end)) @ self.survive(steps))

    def _crossing(self, curve: Floats, level: float) -> float | None:
        below = np.flatnonzero(curve <= level + 1e-12)
        return float(self.times[below[0]]) if below.size else None


def fit(
    *, tenure: ArrayLike, lost: ArrayLike, weights: ArrayLike | None = None, level: float = 0.95
) -> KaplanMeier:
    """Return the Kaplan-Meier curve, or raise ValueError with a sentence.

    Args:
        tenure: how long each customer stayed or has stayed so far, in any unit of time.
        lost: whether the customer was lost then.
        weights: how many customers share these values, whole numbers.
        level: of the intervals.
    """
    check_level(level)
    t, gone, w = checked(tenure, lost, weights)
    _refuse_what_says_nothing(t, gone, w)
    from lifelines import KaplanMeierFitter  # half a second, and only contracts need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its deprecations are not the user's
        found = KaplanMeierFitter(alpha=1 - level).fit(t, gone, weights=w)
    events = found.event_table.iloc[1:] if t.min() > 0 else found.event_table
    interval = found.confidence_interval_survival_function_.loc[events.index].to_numpy()
    curve = found.survival_function_.loc[events.index].to_numpy()[:, 0]
    at_risk = events["at_risk"].to_numpy(dtype=np.float64)
    return KaplanMeier(
        times=events.index.to_numpy(dtype=np.float64),
        survival=curve,
        low=interval[:, 0],
        high=interval[:, 1],
        at_risk=at_risk,
        lost=events["observed"].to_numpy(dtype=np.float64),
        n=float(w.sum()),
        level=level,
        note=_note(events.index.to_numpy(dtype=np.float64), at_risk),
    )


def _refuse_what_says_nothing(t: Floats, gone: Floats, w: Floats) -> None:
    if (w * gone).sum() == 0:
        raise NotEstimable(
            "No customer has been lost yet, so the curve would stay at 100 %."
            " Wait for the first losses or choose a longer period."
        )
    if (w != np.floor(w)).any():
        i = int(np.argmax(w != np.floor(w)))
        raise ValueError(
            f"weights: element {i} is {w[i]:g}. It counts customers, so give a whole number."
        )


def _note(times: Floats, at_risk: Floats) -> str:
    weak = np.flatnonzero(at_risk < FEW)
    if not weak.size:
        return ""
    return (
        f"From {times[weak[0]]:g} on, fewer than {FEW} customers are observed:"
        " read the end of the curve with care."
    )
