"""Which model fits best is answered by the holdout."""

from __future__ import annotations

import numpy as np
import pytest

from mainstay.analysis.lifetime import compare, holdout
from mainstay.analysis.lifetime.compare import Comparison, Holdout, Later
from mainstay.analysis.lifetime.dated import Dated, dated
from tests.analysis.lifetime.shared_data import cdnow_days
from tests.analysis.lifetime.simulated import World, draw


def known_at(end: str) -> tuple[Dated, Holdout, Later]:
    """Return CDNOW's sample at a day, what happened after it, and daily counts to the end."""
    who, day, _ = cdnow_days()
    ids, place = np.unique(who, return_inverse=True)
    day = day.astype(int)
    cut, last, start = int(np.datetime64(end).astype(int)), day.max(), day.min()
    first, latest = np.full(ids.size, day.max()), np.zeros(ids.size, dtype=int)
    np.minimum.at(first, place, day)
    before = day <= cut
    np.maximum.at(latest, place[before], day[before])
    born = np.bincount(first - start, minlength=last - start + 1)
    bought = np.bincount(day - start, minlength=last - start + 1)
    known = dated(
        frequency=np.bincount(place, weights=before) - 1,
        recency=latest - first,
        T=cut - first,
        born=born[: cut - start + 1],
        bought=bought[: cut - start + 1],
    )
    actual = np.bincount(place, weights=~before).astype(float)
    return known, Holdout(last - cut, actual), Later(born.astype(float), (bought - born) * 1.0)


@pytest.fixture(scope="module")
def cdnow() -> Comparison:
    known, after, all_days = known_at("1997-09-30")
    return compare.compare(known, after, all_days=all_days)


def test_the_figures_of_the_literature(cdnow):
    found = {outcome.name: outcome.errors for outcome in cdnow.outcomes}

    for name, bias, mae in [
        ("bg_nbd", -12.15, 0.78545),
        ("mbg_nbd", -16.22, 0.76478),
        ("pareto_nbd", -11.50, 0.75452),
    ]:
        assert found[name].bias == pytest.approx(bias, abs=0.01)
        assert found[name].mae == pytest.approx(mae, abs=2e-5)
    assert cdnow.baselines["rate"].mae == pytest.approx(1.02367, abs=5e-6)
    assert (cdnow.n, cdnow.customers) == (2357, 2357)


def test_the_best_is_chosen_and_ties_are_named(cdnow):
    assert cdnow.chosen == "bg_nbd_calendar"
    assert set(cdnow.tied) == {"bg_nbd_calendar", "mbg_nbd_calendar", "pareto_nbd_calendar"}
    assert cdnow.best.errors.bias == pytest.approx(-9.25, abs=0.02)
    assert [o.log_score for o in cdnow.outcomes] == sorted(
        (o.log_score for o in cdnow.outcomes), reverse=True
    )


def test_medians_miss_by_less_than_means(cdnow):
    assert all(outcome.median_mae < outcome.errors.mae for outcome in cdnow.outcomes)


def test_tracking_ends_with_what_happened(cdnow):
    assert cdnow.actual[-1] == 4339
    curve = cdnow.tracking["bg_nbd"]
    assert curve.mean.size == cdnow.marks.size
    assert curve.low[-1] < curve.mean[-1] < curve.high[-1]
    assert curve.mean[-1] == pytest.approx(4161, abs=5)


def test_intervals_and_groups(cdnow):
    for outcome in cdnow.outcomes:
        assert outcome.covered >= 0.9
        assert sum(group.n for group in outcome.groups) == 2357
        assert outcome.total.low < outcome.total.mean < outcome.total.high


def drawn(n: int, world: World) -> tuple[Dated, Holdout]:
    base = draw(n, world, seed=5)
    T = np.floor(base.T)
    length = int(T.max()) + 1
    born = np.bincount((length - 1 - T).astype(int), minlength=length)
    return (
        dated(
            frequency=base.frequency,
            recency=base.recency * (T / base.T),
            T=T,
            born=born,
            bought=born,
        ),
        Holdout(world.t, base.later),
    )


def test_the_model_that_drew_the_customers_wins():
    known, after = drawn(6000, World())

    found = compare.compare(known, after, models=("nbd", "bg_nbd"))

    assert found.chosen == "bg_nbd"
    assert found.outcomes[1].behind > 2 * found.outcomes[1].behind_error
    assert found.best.covered >= 0.9
    assert found.tracking == {}


def test_log_score_is_that_of_what_happened():
    known, after = drawn(500, World())

    best = compare.compare(known, after, models=("bg_nbd",)).best

    history = {"frequency": known.x, "recency": known.t_x, "T": known.T}
    spread = best.fitted.purchase_distribution(t=after.days, most=400, **history)
    direct = np.log(spread[np.arange(500), after.purchases.astype(int)])
    assert best.log_score == pytest.approx(direct.mean(), abs=1e-9)


def test_a_large_base_is_sampled(monkeypatch):
    known, after = drawn(600, World())
    monkeypatch.setattr(compare, "MOST_CUSTOMERS", 200)

    found = compare.compare(known, after, models=("nbd",))

    assert (found.n, found.customers) == (200, 600)
    assert found.best.errors.n == 200


def test_what_cannot_be_fitted_is_said_beside_the_rest():
    base = draw(300, World(T=60.0))
    length = 61
    counts = np.full(length, 10)
    known = dated(**base.histories, born=counts, bought=counts)

    found = compare.compare(known, Holdout(60, base.later), models=("nbd", "nbd_calendar"))

    assert found.chosen == "nbd"
    assert "needs 84 days" in found.cannot["nbd_calendar"]


def test_nothing_to_compare_is_an_error_with_the_reason():
    nobody_again = dated(frequency=[0, 0], recency=[0, 0], T=[9, 9], born=[2] * 10, bought=[2] * 10)

    with pytest.raises(ValueError, match="No customer has bought a second time"):
        compare.compare(nobody_again, Holdout(5, np.zeros(2)))
    with pytest.raises(ValueError, match="different lengths"):
        compare.compare(nobody_again, Holdout(5, np.zeros(3)))
    with pytest.raises(ValueError, match="days is 0"):
        compare.compare(nobody_again, Holdout(0, np.zeros(2)))


def test_rules_of_thumb():
    known = dated(
        frequency=[4, 4, 0, 0], recency=[80, 20, 0, 0], T=[100, 100, 10, 90],
        born=np.full(101, 4), bought=np.full(101, 4),
    )  # fmt: skip

    found = compare.baselines(known, 50.0, np.array([2.0, 0.0, 0.0, 1.0]))

    assert found["rate"].predicted == pytest.approx(4.0)
    assert found["silent"].predicted == pytest.approx(
        2.0
    )  # silent for 80 days, used to buy every 5
    assert found["rate"] == holdout.errors([2, 2, 0, 0], [2, 0, 0, 1])
