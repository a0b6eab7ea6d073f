"""The future of an active customer: exact at a few lengths, interpolated for the others."""

from __future__ import annotations

import numpy as np
import pytest

from mainstay.analysis.lifetime.future import Heterogeneity, gauss_legendre, moments

H = Heterogeneity(0.6, 40.0, 0.8, 2.4)


@pytest.mark.parametrize("x", [0.0, 1.0, 50.0])
@pytest.mark.parametrize(("shortest", "longest"), [(0.0, 1.0), (180.0, 730.0), (0.0, 1e6)])
@pytest.mark.parametrize("horizon", [365.0, np.inf])
def test_interpolation_agrees_with_single_customers(x, shortest, longest, horizon):
    T = np.linspace(shortest, longest, 300)

    together = moments(H, np.full(300, x), T, horizon=horizon, rate=2.6e-4)

    for i in (0, 7, 150, 299):
        alone = moments(H, np.array([x]), T[[i]], horizon=horizon, rate=2.6e-4)
        for many, one in zip(together, alone, strict=True):
            assert many[..., i] == pytest.approx(one[..., 0], rel=1e-8, abs=1e-10)


def test_mixed_histories_come_back_in_their_order():
    rng = np.random.default_rng(0)
    x, T = rng.integers(0, 4, 500).astype(float), rng.uniform(0, 90, 500)

    together = moments(H, x, T, horizon=10.0).mean

    alone = [moments(H, x[[i]], T[[i]], horizon=10.0).mean[0] for i in range(0, 500, 25)]
    assert together[::25] == pytest.approx(alone, rel=1e-8)


def test_moments_agree_with_simulation():
    x, T, horizon, rate = 3.0, 300.0, 365.0, 0.001
    rng, n = np.random.default_rng(1), 100_000
    speed = rng.gamma(H.r + x, 1 / (H.alpha + T), n)
    leaving = rng.beta(H.a, H.b + x, n)
    total, clock = np.zeros(n), rng.exponential(1 / speed)
    active = clock < horizon
    while active.any():
        i = np.flatnonzero(active)
        total[i] += np.exp(-rate * clock[i])
        stays = rng.random(i.size) > leaving[i]
        clock[i] += rng.exponential(1 / speed[i])
        active[i] = stays & (clock[i] < horizon)

    told = moments(H, np.array([x]), np.array([T]), horizon=horizon, rate=rate)

    assert told.mean[0] == pytest.approx(total.mean(), rel=0.02)
    assert told.second[0] == pytest.approx(np.square(total).mean(), rel=0.04)


@pytest.mark.parametrize("parameter", range(4))
def test_slopes_agree_with_differences(parameter):
    x, T = np.array([4.0]), np.array([40.0])

    def mean(change):
        h = Heterogeneity(*(v * np.exp(change * (k == parameter)) for k, v in enumerate(H)))
        return moments(h, x, T, horizon=50.0, rate=0.01).mean[0]

    difference = np.log(mean(1e-5) / mean(-1e-5)) / 2e-5

    told = moments(H, x, T, horizon=50.0, rate=0.01).slopes[parameter, 0]
    assert told == pytest.approx(difference, abs=1e-7)


@pytest.mark.parametrize("n", [12, 40, 96])
def test_gauss_legendre_is_that_of_numpy(n):
    nodes, weights = gauss_legendre(n)

    expected = np.polynomial.legendre.leggauss(n)
    assert nodes == pytest.approx(expected[0], abs=1e-14)
    assert weights == pytest.approx(expected[1], rel=1e-11)
