"""Where Spark's words differ from what the other engines mean by an expression."""

import ibis
from ibis import _

from mainstay.engine.spark import words

TABLE = ibis.table({"n": "int64", "share": "float64"}, name="t")


def test_counting_none_is_zero() -> None:
    assert "COUNT_IF(`t0`.`n` > 1)" in words.sql(TABLE.agg(many=_.count(where=_.n > 1)))


def test_floats_are_no_decimals() -> None:
    assert "/ CAST('0.1' AS DOUBLE)" in words.sql(TABLE.select(times=_.n / 0.1))
    assert "CAST('nan' AS DOUBLE)" in words.sql(TABLE.select(x=_.share.nullif(float("nan"))))


def test_a_float_that_is_no_number_stays_one() -> None:
    assert "NANVL" not in words.sql(TABLE.select("share")).upper()
