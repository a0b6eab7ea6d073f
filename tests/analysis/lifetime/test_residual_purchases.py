"""BG/NBD's discounted residual purchases against their closed form, a Meijer G-function."""

from __future__ import annotations

import mpmath
import pytest

from mainstay.analysis.lifetime import bg_nbd
from tests.analysis.lifetime.models import known


@pytest.mark.parametrize(
    ("x", "t_x", "T", "d"),
    [(0, 0, 20, 0.0029), (2, 30.43, 38.86, 0.0029), (10, 30, 38, 0.001), (2, 30.43, 38.86, 0.1)],
)
def test_residual_purchases_equal_the_closed_form(x, t_x, T, d):
    r, alpha, a, b = 0.243, 4.414, 0.793, 2.426
    up, whole = [r + x + 1, a], a + b + x
    g = mpmath.meijerg([[0, 1 - up[0], 1 - up[1]], []], [[0], [1 - whole]], 1 / (d * (alpha + T)))
    factor = mpmath.gamma(whole) / mpmath.gamma(up[0]) / mpmath.gamma(up[1])
    closed = float((r + x) / (alpha + T) / d * factor * g)
    model = known(bg_nbd.BgNbd, r, alpha, a, b)
    customer = {"frequency": x, "recency": t_x, "T": T}

    told = model.residual_purchases(rate=d, **customer)

    assert told == pytest.approx(closed * model.probability_alive(**customer), rel=1e-9)
