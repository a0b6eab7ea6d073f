"""Models in stretched time: even speeds change nothing, drawn speeds are found back."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from mainstay.analysis.lifetime import bg_nbd, calendar, candidates, names
from mainstay.analysis.lifetime.dated import Dated, dated
from mainstay.analysis.lifetime.estimates import NotEstimable
from tests.analysis.lifetime.simulated import World

DAYS = 28 * 8
SPEEDS = np.repeat([1.9, 1.6, 1.2, 0.9, 0.7, 0.6, 0.55, 0.55], 28)
CUSTOMER = {"frequency": [0, 2, 7], "recency": [0, 60, 199], "T": [100, 90, 200]}


def drawn(n: int, speeds: np.ndarray, seed: int = 1, world: World | None = None) -> Dated:
    """Return customers who came over the first half, and bought at these speeds."""
    w, rng = world or World(), np.random.default_rng(seed)
    clock = np.concatenate([[0.0], np.cumsum(speeds)])
    birth = rng.integers(0, DAYS // 2, n)
    rate, leaving = rng.gamma(w.r, 1 / w.alpha, n), rng.beta(w.a, w.b, n)
    days: list[set[int]] = [set() for _ in range(n)]
    for i in range(n):
        now = clock[birth[i] + 1] + rng.exponential(1 / rate[i])
        while now < clock[-1]:
            days[i].add(int(np.searchsorted(clock, now)) - 1)
            if rng.random() < leaving[i]:
                break
            now += rng.exponential(1 / rate[i])
    repeats = [sorted(d for d in found if d > b) for found, b in zip(days, birth, strict=True)]
    bought = np.bincount(np.concatenate([birth, *map(np.array, filter(None, repeats))]).astype(int))
    return dated(
        frequency=[len(d) for d in repeats],
        recency=[d[-1] - b if d else 0 for d, b in zip(repeats, birth, strict=True)],
        T=DAYS - 1 - birth,
        born=np.bincount(birth, minlength=DAYS),
        bought=np.pad(bought, (0, DAYS - bought.size)),
    )


@pytest.fixture(scope="module")
def known() -> Dated:
    return drawn(4000, SPEEDS)


def test_even_speeds_change_nothing():
    inner = bg_nbd.fit(**_history(drawn(1500, np.ones(DAYS))))
    model = calendar.stretched(inner, np.ones(DAYS))

    assert model.expected_purchases(t=90, **CUSTOMER) == pytest.approx(
        inner.expected_purchases(t=90, **CUSTOMER)
    )
    assert model.probability_alive(**CUSTOMER) == pytest.approx(inner.probability_alive(**CUSTOMER))
    assert model.residual_purchases(rate=0.001, **CUSTOMER) == pytest.approx(
        inner.residual_purchases(rate=0.001, **CUSTOMER)
    )
    assert model.confint() == inner.confint()
    assert model.parameters == pytest.approx(inner.parameters)


def test_drawn_speeds_are_found_back(known):
    model = calendar.fit(known, candidates.FITS["bg_nbd"])

    relative = model.speeds.reshape(8, 28)[:, 0] / SPEEDS.reshape(8, 28)[:, 0]
    assert relative / relative.mean() == pytest.approx(1.0, abs=0.2)
    assert model.speeds.mean() == pytest.approx(1.0)
    assert model.ahead == pytest.approx(model.speeds[-1], rel=0.2)


def test_what_looked_like_leaving_was_the_calendar(known):
    even, model = (candidates.fit(name, known) for name in ("bg_nbd", "bg_nbd_calendar"))

    true = World().a / (World().a + World().b)
    off = [abs(m.parameters[2] / (m.parameters[2] + m.parameters[3]) - true) for m in (even, model)]
    assert off[1] < off[0]


def test_the_future_runs_at_the_latest_speed(known):
    model = calendar.fit(known, candidates.FITS["bg_nbd"])
    length = np.array([100.0, 90.0, 200.0])
    in_time = calendar.stretch(model, np.array([0.0, 2, 7]), np.array([0.0, 60, 199]), length)

    ahead = model.inner.expected_purchases(
        t=30 * model.ahead, frequency=in_time[0], recency=in_time[1], T=in_time[2]
    )

    assert model.expected_purchases(t=30, **CUSTOMER) == pytest.approx(ahead)
    spread = model.purchase_distribution(t=30, most=200, **CUSTOMER)
    assert spread @ np.arange(201) == pytest.approx(ahead, rel=1e-6)


def test_slopes_follow_moved_parameters(known):
    model = calendar.fit(known, candidates.FITS["bg_nbd"])
    x, t_x, T = (np.array(values, dtype=float) for values in CUSTOMER.values())

    def alive(factor):
        inner = dataclasses.replace(model.inner, alpha=model.inner.alpha * factor)
        return calendar.stretched(inner, model.speeds).alive(x, t_x, T)

    up, down = alive(1.001), alive(1 / 1.001)

    slope = (np.log(up) - np.log(down)) / (2 * np.log(1.001))
    assert model.alive_slopes(x, t_x, T)[1] == pytest.approx(slope, abs=1e-5)


def test_the_clock_goes_on_at_the_speed_ahead(known):
    model = calendar.fit(known, candidates.FITS["nbd"])

    clock = calendar.clock(model, DAYS + 10)

    assert clock[DAYS - 1] == pytest.approx(DAYS)
    assert np.diff(clock[DAYS - 1 :]) == pytest.approx(model.ahead)
    assert calendar.clock(model.inner, 3).tolist() == [0, 1, 2]
    assert calendar.plain(model) is model.inner


def test_blocks_end_with_the_observation():
    assert np.bincount(calendar.blocks(90)).tolist() == [34, 28, 28]
    assert np.bincount(calendar.blocks(20)).tolist() == [20]


def test_too_short_an_observation_is_said():
    short = Dated(*(np.ones(3) for _ in range(3)), np.ones(83), np.ones(83))

    with pytest.raises(NotEstimable, match="needs 84 days; only 83 were observed"):
        calendar.fit(short, candidates.FITS["nbd"])


def test_an_unknown_model_is_named(known):
    with pytest.raises(ValueError, match=r"no model called bgnbd\. Known: bg_nbd, mbg_nbd"):
        candidates.fit("bgnbd", known)
    assert names.title("mbg_nbd_calendar") == "MBG/NBD"
    assert names.title("bg_nbd", dropout=False) == "NBD"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"T": [5, 9]}, "T: element 1 is 9, but born has 6 days"),
        ({"bought": [1, 0, 0, 0, 0, 0]}, "bought: element 0 is 1, but 2 customers"),
        ({"born": [2]}, "different lengths: born 1, bought 6"),
        ({"frequency": [], "recency": [], "T": []}, "There are no customers"),
        ({"recency": [6, 0]}, "recency: element 0 is 6, later than T 5"),
    ],
)
def test_histories_that_cannot_be_are_refused(changed, sentence):
    right = {
        "frequency": [1, 0],
        "recency": [3, 0],
        "T": [5, 5],
        "born": [2, 0, 0, 0, 0, 0],
        "bought": [2, 0, 0, 1, 0, 0],
    }

    assert dated(**right).repeats.tolist() == [0, 0, 0, 1, 0, 0]
    with pytest.raises(ValueError, match=sentence):
        dated(**(right | changed))


def _history(known: Dated) -> dict[str, np.ndarray]:
    return {"frequency": known.x, "recency": known.t_x, "T": known.T}
