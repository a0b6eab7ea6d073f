"""What every model of purchases must satisfy, whatever its equations."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

from mainstay.analysis.lifetime import clv, forecast, gamma_gamma, simulation
from mainstay.analysis.lifetime.future import Span
from mainstay.analysis.lifetime.prior import Belief, Prior
from mainstay.analysis.numerics.distinct import distinct_pairs
from tests.analysis.lifetime.models import KINDS, known
from tests.analysis.lifetime.shared_data import cdnow

KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
CUSTOMERS = {"frequency": [0, 2, 30], "recency": [0.0, 30.43, 80.0], "T": [20.0, 38.86, 90.0]}


def drawn(kind, n, seed=1):
    """Return histories drawn from the model's true parameters."""
    rng = np.random.default_rng(seed)
    h = simulation.draw(kind.true(), T=rng.uniform(200, 600, n), rng=rng).histories
    return {"frequency": h.x, "recency": h.t_x, "T": h.T}


@KIND
def test_finds_back_known_parameters(kind):
    fitted = kind.fit(**drawn(kind, 20_000))

    intervals = fitted.confint(0.999)
    for name, true in zip(kind.model.NAMES, kind.truth, strict=True):
        assert intervals[name].low < true < intervals[name].high


@KIND
def test_intervals_cover_their_share(kind):
    runs, covered = 40, 0
    for seed in range(runs):
        intervals = kind.fit(**drawn(kind, 1500, seed)).confint(0.9)
        covered += sum(
            name in intervals and intervals[name].low < true < intervals[name].high
            for name, true in zip(kind.model.NAMES, kind.truth, strict=True)
        )

    assert 0.8 <= covered / (runs * len(kind.truth)) <= 0.98


@KIND
def test_distribution_sums_to_one_and_has_the_expected_mean(kind):
    model, n = kind.true(), np.arange(401)

    told = model.purchase_distribution(t=100.0, most=400, **CUSTOMERS)

    assert told.sum(axis=1) == pytest.approx(1.0)
    assert told @ n == pytest.approx(model.expected_purchases(t=100.0, **CUSTOMERS), rel=1e-6)


@KIND
def test_distribution_is_that_of_drawn_customers(kind):
    rng, size, t = np.random.default_rng(2), 200_000, 200.0
    x = simulation.draw(kind.true(), T=np.full(size, t), rng=rng).histories.x
    seen = np.bincount(x.astype(int), minlength=20)[:20] / size

    told = kind.true().purchase_distribution(t=t, most=19)[0]

    assert told == pytest.approx(seen, abs=4e-3)


@KIND
def test_second_moments_are_those_of_the_distribution(kind):
    model, n = kind.true(), np.arange(601)
    pairs = distinct_pairs(np.array([2.0, 30.0]), np.array([38.86, 90.0]))

    told = model.future(pairs, Span(100.0, 0.0))
    counted = model.counted(pairs, 100.0, 600)

    assert told.mean == pytest.approx(n @ counted, rel=1e-6)
    assert told.second == pytest.approx(n**2 @ counted, rel=1e-5)
    assert model.certain(pairs, 100.0) == pytest.approx(1 - counted[0], rel=1e-8)


@KIND
def test_many_horizons_agree_with_single_ones(kind):
    model, times = kind.true(), np.arange(0.0, 400.0, 30.0)

    together = model.expected_by(t=times, **CUSTOMERS)

    for t, row in zip(times, together, strict=True):
        pairs = distinct_pairs(np.array([2.0]), np.array([38.86]))
        assert row == pytest.approx(model.expected_purchases(t=t, **CUSTOMERS), rel=1e-9)
        single = model.future(pairs, Span(t, 0.0)).mean[0]
        alive = model.probability_alive(**CUSTOMERS)[1]
        assert row[1] == pytest.approx(alive * single, rel=1e-7)


@KIND
@pytest.mark.parametrize("horizon", [200.0, None])
def test_residual_purchases_are_the_discounted_integral(kind, horizon):
    model, rate = kind.true(), 0.003
    end = horizon or 12_000.0
    t = np.append(0.0, np.geomspace(1e-4, end, 4000))
    bought = model.expected_by(t=t, **CUSTOMERS)
    integral = rate * integrate.simpson(np.exp(-rate * t)[:, None] * bought, x=t, axis=0)

    told = model.residual_purchases(rate=rate, horizon=horizon, **CUSTOMERS)

    assert told == pytest.approx(integral + np.exp(-rate * end) * bought[-1], rel=1e-5)


@KIND
@pytest.mark.parametrize("parameter", range(4))
def test_slopes_of_forecasts_agree_with_differences(kind, parameter):
    if parameter >= len(kind.truth):
        return
    x, t_x, T = (np.array(CUSTOMERS[name], dtype=float) for name in ("frequency", "recency", "T"))
    pairs = distinct_pairs(x, T)

    def logs(change):
        values = [v * np.exp(change * (k == parameter)) for k, v in enumerate(kind.truth)]
        model = known(kind.model, *values)
        mean = pairs.spread(model.future(pairs, Span(50.0, 0.01)).mean)
        return np.log(model.alive(x, t_x, T)), np.log(mean)

    alive, mean = ((u - d) / 2e-5 for u, d in zip(logs(1e-5), logs(-1e-5), strict=True))

    model = kind.true()
    assert model.alive_slopes(x, t_x, T)[parameter] == pytest.approx(alive, abs=1e-7)
    told = pairs.spread(model.future(pairs, Span(50.0, 0.01)).slopes)[parameter]
    assert told == pytest.approx(mean, abs=1e-7)


@KIND
@pytest.mark.parametrize("unit", [1e-6, 1 / 7, 1e6])
def test_the_unit_of_time_does_not_matter(kind, unit):
    h = cdnow()
    here = kind.fit(**h)

    there = kind.fit(frequency=h["frequency"], recency=h["recency"] * unit, T=h["T"] * unit)

    factors = [unit if name in kind.model.SCALED else 1.0 for name in kind.model.NAMES]
    assert there.parameters == pytest.approx(here.parameters * factors, rel=1e-5)
    moved = here.log_likelihood - h["frequency"].sum() * np.log(unit)
    assert there.log_likelihood == pytest.approx(moved, abs=1e-6)


@KIND
def test_customers_seen_for_no_time_do_no_harm(kind):
    h = drawn(kind, 3000)
    new = {name: np.append(values, np.zeros(500)) for name, values in h.items()}

    assert kind.fit(**new).parameters == pytest.approx(kind.fit(**h).parameters, rel=0.5)


@KIND
def test_value_needs_nothing_but_the_face(kind):
    h = drawn(kind, 400)
    rng = np.random.default_rng(0)
    m = np.where(h["frequency"] > 0, rng.gamma(4.0, 10.0, 400), 0.0)
    spend = gamma_gamma.fit(frequency=h["frequency"], monetary=m)
    terms = clv.Terms(horizon=None, rate=2.6e-4, level=0.9)

    told = clv.score(kind.fit(**h), spend, t=365, terms=terms, monetary=m, **h)

    for each in (told.purchases, told.value):
        assert np.isfinite(each).all()
        assert np.all((each.low >= 0) & (each.low <= each.mean) & (each.mean <= each.high))


@KIND
def test_prediction_intervals_hold_for_drawn_futures(kind):
    rng, size = np.random.default_rng(5), 20_000
    before, later = simulation.draw(
        kind.true(), T=rng.uniform(200, 400, size), rng=rng, later=300.0
    )
    model = kind.fit(frequency=before.x, recency=before.t_x, T=before.T)

    base = forecast.Base.of(model, before.x, before.t_x, before.T)
    told = forecast.purchases(base, t=300.0, level=0.9)

    assert 0.89 < np.mean((later >= told.low) & (later <= told.high)) < 0.95
    assert told.mean.mean() == pytest.approx(later.mean(), rel=0.06)


@KIND
def test_a_prior_holds_a_small_base_in_place(kind):
    whole = kind.fit(**drawn(kind, 5000))
    few = drawn(kind, 25, seed=9)
    tight, loose = (Prior.around(whole, spread=spread) for spread in (1e-3, 1e3))

    held, free = kind.fit(**few, prior=tight), kind.fit(**few, prior=loose)

    assert held.parameters == pytest.approx(whole.parameters, rel=0.02)
    assert "leans on a prior" in held.note
    assert free.log_likelihood >= held.log_likelihood


def test_a_prior_names_parameters_of_its_model():
    kind = KINDS["bg_nbd"]

    with pytest.raises(
        ValueError, match="The prior names beta, s, but the model has r, alpha, a, b"
    ):
        kind.fit(**drawn(kind, 100), prior=Prior(s=Belief(1, 1), beta=Belief(1, 1)))


@KIND
@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        (([1, -1], [1, 1], [2, 2]), "frequency: element 1 is -1. It must be 0 or more"),
        (([1, 1.5], [1, 1], [2, 2]), "frequency: element 1 is 1.5. It counts repeat purchases"),
        (([1, 1], [1, 3], [2, 2]), "recency: element 1 is 3, later than T 2"),
        (([1, 1], [-1, 1], [2, 2]), "recency: element 0 is -1. It must be 0 or more"),
        (([1, 1], [1, 1], [2, np.nan]), "T: element 1 is nan. Give a finite number"),
        (([1, 1], [1, 1], [2]), "different lengths: frequency 2, recency 2, T 1"),
        (([], [], []), "There are no customers"),
        (([3], [3], [9]), "There is only one customer"),
        (([0, 0], [0, 0], [5, 9]), "No customer has bought a second time"),
        (([0, 0], [0, 0], [0, 0]), "No customer has bought a second time"),
    ],
)
def test_wrong_use_is_refused_with_a_sentence(kind, history, sentence):
    x, t_x, T = history

    with pytest.raises(ValueError, match=re.escape(sentence)):
        kind.fit(frequency=x, recency=t_x, T=T)


@pytest.mark.parametrize("most", [-1, 0.5, 10**9])
def test_the_distribution_counts_to_a_whole_number(most):
    with pytest.raises(ValueError, match="most is"):
        KINDS["nbd"].true().purchase_distribution(t=1.0, most=most)


PARAMETERS = st.floats(1e-3, 1e3)


@pytest.mark.parametrize("name", ["mbg_nbd", "pareto_nbd"])
@given(
    parameters=st.tuples(*[PARAMETERS] * 4),
    x=st.integers(0, 100_000),
    times=st.tuples(st.floats(0, 1e6), st.floats(0, 1)),
    t=st.floats(0, 1e6),
)
@settings(max_examples=50, deadline=None)
def test_forecasts_are_finite_and_ordered(name, parameters, x, times, t):
    model = known(KINDS[name].model, *parameters)
    T, share = times
    customer = {"frequency": x, "recency": share * T if x else 0.0}

    alive = model.probability_alive(T=[T, T + 1, 2 * T + 2], **customer)
    bought = model.expected_by(t=[t, 1.5 * t + 1], T=T, **customer)[:, 0]
    counted = model.purchase_distribution(t=t, most=3, T=T, **customer)

    assert np.all((alive >= 0) & (alive <= 1))
    assert np.all(np.diff(alive) <= 1e-9)
    assert np.isfinite(bought).all()
    assert 0 <= bought[0] <= bought[1] * (1 + 1e-7)
    assert np.all((counted >= 0) & (counted <= 1 + 1e-9))
    assert counted.sum() <= 1 + 1e-6
    assert np.isfinite(model.residual_purchases(rate=1e-4, T=T, **customer)).all()


@KIND
def test_ever_is_the_limit_of_long_horizons(kind):
    model = kind.true()
    pairs = distinct_pairs(np.array([0.0, 4.0]), np.array([50.0, 500.0]))

    ever = model.certain(pairs, np.inf)

    assert model.certain(pairs, 1e15) == pytest.approx(ever, rel=1e-7)
    assert np.all(model.certain(pairs, 1e4) < ever)
