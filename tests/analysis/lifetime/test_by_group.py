"""Fits by group: each with its own, small ones together."""

from __future__ import annotations

import numpy as np
import pytest

from mainstay.analysis.lifetime import bg_nbd, gamma_gamma
from mainstay.analysis.lifetime.by_group import fit_by
from tests.analysis.lifetime.simulated import World, draw


def two_cohorts() -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return 3 000 slow and 3 000 quick customers, 60 of a third and 40 of a fourth kind."""
    parts = [draw(3000), draw(3000, World(alpha=15.0)), draw(60), draw(40)]
    columns = {
        name: np.concatenate([p.histories[name] for p in parts]) for name in parts[0].histories
    }
    return columns, np.repeat(["2024", "2025", "few", "fewer"], [3000, 3000, 60, 40])


def test_each_group_has_the_fit_of_its_own_customers():
    columns, groups = two_cohorts()

    found = fit_by(bg_nbd.fit, groups=groups, **columns)

    slow = {name: values[:3000] for name, values in columns.items()}
    assert [f.group for f in found] == ["2024", "2025", "few", "fewer"]
    assert [f.customers for f in found] == [3000, 3000, 60, 40]
    assert found[0].model == bg_nbd.fit(**slow)
    assert found[0].model.alpha > 1.5 * found[1].model.alpha
    assert not found[0].pooled
    assert found[0].note == ""


def test_small_groups_share_a_fit_and_say_so():
    columns, groups = two_cohorts()

    found = fit_by(bg_nbd.fit, groups=groups, **columns)

    assert found[2].model is found[3].model
    assert found[2].model.n == 100
    assert found[2].pooled
    assert found[2].note.startswith("few has 60 customers, fewer than 200, so it shares one fit")


def test_groups_that_nobody_came_back_to_use_the_fit_of_all():
    columns, groups = two_cohorts()
    quiet = groups == "2025"
    columns["frequency"][quiet] = 0
    columns["recency"][quiet] = 0

    found = fit_by(bg_nbd.fit, groups=np.where(quiet, "2025", "2024"), **columns)

    assert found[1].model.n == 6100
    assert "No customer has bought a second time" in found[1].note
    assert "the fit of all customers is used" in found[1].note


def test_it_fits_spend_too():
    d = draw(2000)

    found = fit_by(
        gamma_gamma.fit,
        groups=np.arange(2000) % 2,
        frequency=d.frequency,
        monetary=d.monetary,
        weights=None,
    )

    assert [f.group for f in found] == [0, 1]
    assert found[0].model != found[1].model


def test_groups_of_another_length_are_refused():
    columns, _ = two_cohorts()

    with pytest.raises(ValueError, match="groups 2, frequency 6100"):
        fit_by(bg_nbd.fit, groups=["a", "b"], **columns)
