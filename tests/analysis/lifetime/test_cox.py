"""Cox against the leukaemia data of the textbooks, and against its own likelihood."""

from __future__ import annotations

import re

import numpy as np
import pytest
from scipy import optimize

from mainstay.analysis.lifetime import cox
from mainstay.analysis.lifetime.estimates import NotEstimable
from tests.analysis.lifetime.test_kaplan_meier import PLACEBO, TREATED

tenures = np.array([*TREATED[0], *PLACEBO], dtype=float)
flags = np.array([*TREATED[1], *([1] * 21)])
ARM = {"placebo": np.repeat([0.0, 1.0], 21)}


@pytest.fixture(scope="module")
def model() -> cox.Cox:
    return cox.fit(tenure=tenures, lost=flags, covariates=ARM)


def test_printed_coefficient(model):
    effect = model.effects()["placebo"]

    assert effect.coefficient == pytest.approx(1.572, abs=5e-4)
    assert effect.standard_error == pytest.approx(0.412, abs=5e-4)
    assert effect.ratio == pytest.approx(4.817, abs=5e-4)
    assert (effect.low, effect.high) == pytest.approx((2.147, 10.81), abs=5e-3)
    assert effect.proportional_p > 0.5
    assert (model.n, model.losses, model.note) == (42, 30, "")


def test_independent_partial_likelihood_with_ties_after_efron(model):
    def negative(b):
        risk, total = np.exp(b[0] * ARM["placebo"]), 0.0
        for t in np.unique(tenures[flags == 1]):
            tied = (tenures == t) & (flags == 1)
            d = tied.sum()
            shares = risk[tenures >= t].sum() - np.arange(d) / d * risk[tied].sum()
            total += b[0] * ARM["placebo"][tied].sum() - np.log(shares).sum()
        return -total

    found = optimize.minimize(negative, [0.0], method="BFGS")

    assert model.log_likelihood == pytest.approx(-found.fun, abs=1e-6)
    assert model.coefficients[0] == pytest.approx(found.x[0], abs=1e-4)


def test_risk_and_survival(model):
    risk = model.relative_risk({"placebo": [1, 0]})
    survived = model.survive([0, 5, 10], {"placebo": [0, 1]})

    assert risk[0] / risk[1] == pytest.approx(4.817, abs=5e-4)
    assert survived[:, 0].tolist() == [1, 1]
    assert survived[1] == pytest.approx(survived[0] ** 4.81687, rel=1e-4)
    with pytest.raises(ValueError, match="nobody was observed for longer than 35"):
        model.survive(36, {"placebo": 0})
    with pytest.raises(ValueError, match="covariate placebo is missing"):
        model.relative_risk({"arm": 0})


def test_finds_back_known_ratios_and_doubts_changing_ones():
    rng = np.random.default_rng(8)
    level, changing = rng.normal(size=2000), rng.integers(0, 2, 2000)
    tenure = rng.weibull(np.where(changing == 1, 3.0, 0.7)) * np.exp(-0.5 * level)
    known = {"level": level, "changing": changing}

    found = cox.fit(tenure=np.minimum(tenure, 2) + 1e-9, lost=tenure < 2, covariates=known)

    assert "changing changes over time" in found.note


def test_covers_the_true_coefficient():
    rng = np.random.default_rng(9)
    level = rng.normal(size=3000)
    tenure = rng.exponential(np.exp(-0.7 * level))

    found = cox.fit(tenure=np.minimum(tenure, 1), lost=tenure < 1, covariates={"level": level})

    interval = found.confint(0.999)["level"]
    assert interval.low < 0.7 < interval.high


@pytest.mark.parametrize(
    ("covariates", "sentence"),
    [
        ({}, "There is no covariate"),
        ({"a": np.ones(42)}, "a is the same for every customer"),
        (
            {"a": tenures, "b": 2 * tenures + 1},
            "Some of the covariates a, b follow from the others",
        ),
        ({f"c{i}": tenures**i for i in range(31)}, "too few for 31 covariates"),
        ({"a": [1.0]}, "different lengths: tenure 42, a 1"),
        ({"a": np.full(42, np.nan)}, "a: element 0 is nan"),
        ({"gone": flags * 1.0}, "A covariate tells perfectly who was lost"),
    ],
)
def test_what_cannot_be_is_said(covariates, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        cox.fit(tenure=tenures, lost=flags, covariates=covariates)


def test_few_losses_are_noted():
    lost = np.where(np.arange(42) % 5 == 0, flags, 0)

    assert (
        "losses for 1 covariates are few" in cox.fit(tenure=tenures, lost=lost, covariates=ARM).note
    )


def test_nobody_lost_is_said():
    with pytest.raises(NotEstimable, match="0 customers were lost"):
        cox.fit(tenure=tenures, lost=flags * 0, covariates=ARM)
