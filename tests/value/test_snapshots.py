import pytest

from mainstay.value import snapshots


@pytest.mark.parametrize(
    ("size", "seconds", "then"),
    [
        (4_000, 0.3, 4_000),
        (4_000, 0.6, 2_000),
        (4_000, 0.01, 8_000),  # at most twice as many
        (16_000, 0.1, snapshots.SLICE),
        (1_000, 60.0, snapshots.LEAST),
        (4_000, 0.0, 8_000),
    ],
)
def test_a_slice_takes_as_long_as_others_may_wait(size: int, seconds: float, then: int) -> None:
    assert snapshots._fitting(size, seconds) == then
