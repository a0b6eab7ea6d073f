"""Decide over a whole column how its numbers and dates are written.

"1,234" alone can be either; a whole column rarely is. What stays doubtful is marked, so that a
page can show it.
"""

from collections.abc import Mapping
from dataclasses import replace

from mainstay.engine.staging.bench import Bench, name_of
from mainstay.engine.staging.fields import Bound, Style, Type
from mainstay.engine.staging.values import bare_number, moment, slashed, trimmed

MOST_DISTINCT = 200_000
ENOUGH = 0.5
# What only a decimal point, and only a decimal comma, can mean.
POINT = (
    r"[+-]?(\d{4,}|0|)\.\d*|[+-]?\d+\.(\d{1,2}|\d{4,})|0\.\d+"
    r"|[+-]?\d{1,3}(,\d{2,3})+\.\d*|[+-]?\d{1,3}(,\d{2,3})+,\d{3}"
)
COMMA = (
    r"[+-]?(\d{4,}|0|),\d*|[+-]?\d+,(\d{1,2}|\d{4,})|0,\d+"
    r"|[+-]?\d{1,3}(\.\d{2,3})+,\d*|[+-]?\d{1,3}(\.\d{3})+\.\d{3}"
)


def decide(
    bench: Bench, bounds: list[Bound], *, table: str, delimiter: str, chosen: Mapping[str, Style]
) -> dict[str, Style]:
    """Return the style of every column that can be written in more than one way."""
    found: dict[str, Style] = {}
    for bound in bounds:
        if bound.field.name in chosen:
            found[bound.field.name] = replace(chosen[bound.field.name], chosen=True)
        elif bound.is_text and (decision := _DECISIONS.get(bound.field.type)):
            found[bound.field.name] = decision(bench, bound, table)
    return _agree_on_decimals(found, bounds, delimiter)


def _distinct(bench: Bench, bound: Bound, table: str) -> None:
    """Collect the different values of the column, the first ones that come, with how often each is
    there."""
    source = f'SELECT {trimmed(bound)} AS v, min(line) AS line FROM "{table}" GROUP BY ALL'
    bench.run(
        f"CREATE OR REPLACE TEMP TABLE _distinct AS SELECT v, line FROM ({source}) "
        f"WHERE v IS NOT NULL LIMIT {MOST_DISTINCT}"
    )


def _decide_key(bench: Bench, bound: Bound, table: str) -> Style:
    """Take .0 off when every value has it: a data frame wrote numbers with gaps as floats."""
    ends = f"SELECT 1 FROM {name_of(table)} WHERE {name_of(bound.column)} LIKE '%.0' LIMIT 1"
    if not bench.rows(ends):
        return Style()
    value = trimmed(bound)
    others = (
        f"SELECT 1 FROM {name_of(table)} WHERE NOT regexp_full_match({value}, '[0-9]+[.]0') LIMIT 1"
    )
    return Style(pandas_key=not bench.rows(others))


def _decide_number(bench: Bench, bound: Bound, table: str) -> Style:
    """Count what only a decimal point can mean, what only a decimal comma can mean, and what both
    can."""
    _distinct(bench, bound, table)
    points, commas, either_point, either_comma, example = bench.one(
        f"SELECT count(*) FILTER (regexp_full_match(b, '{POINT}')), "
        f"count(*) FILTER (regexp_full_match(b, '{COMMA}')), "
        r"count(*) FILTER (regexp_full_match(b, '[+-]?[1-9]\d{0,2}\.\d{3}')), "
        r"count(*) FILTER (regexp_full_match(b, '[+-]?[1-9]\d{0,2},\d{3}')), "
        "coalesce(arg_max(v, (contains(b, ',') OR contains(b, '.'))::INT), '') "
        f"FROM (SELECT v, {bare_number('v')} AS b FROM _distinct)"
    )
    if points or commas:
        return Style(decimal="," if commas > points else ".", example=example)
    doubtful = bool(either_point or either_comma)
    return Style(decimal=".", doubtful=doubtful, example=example)


def _agree_on_decimals(
    found: dict[str, Style], bounds: list[Bound], delimiter: str
) -> dict[str, Style]:
    """Settle doubtful numbers by the other columns of the file, else by its delimiter."""
    names = {b.field.name for b in bounds if b.field.type in (Type.NUMBER, Type.INTEGER)}
    sure = [s.decimal for n, s in found.items() if n in names and not s.doubtful and s.example]
    usual = "," if "," in sure or (not sure and delimiter == ";") else "."
    return {
        name: replace(style, decimal=usual)
        if name in names and style.doubtful and not style.chosen
        else style
        for name, style in found.items()
    }


def _decide_moment(bench: Bench, bound: Bound, table: str) -> Style:
    """Try the ways to write a day in turn; the first that reads most of the column is it."""
    _distinct(bench, bound, table)
    total = bench.number("SELECT count(*) FROM _distinct")
    example = bench.rows("SELECT v FROM _distinct ORDER BY line LIMIT 1")
    shown = example[0][0] if example else ""
    if not total or _reads_iso(bench) > ENOUGH * total:
        return Style(order="iso", example=shown)
    for order, pattern in (
        ("compact", r"(19|20)\d{6}(\d{4}|\d{6}| .*)?"),
        ("serial", r"\d{4,6}([.,]\d+)?"),
    ):
        fits = bench.number(
            f"SELECT count(*) FROM _distinct WHERE regexp_full_match(v, '{pattern}')"
        )
        if fits > ENOUGH * total:
            return Style(order=order, example=shown)
    return _decide_order(bench, total, shown)


def _decide_order(bench: Bench, total: int, shown: str) -> Style:
    """Tell day and month apart by the values that can only be one of them."""
    bench.run(
        "CREATE OR REPLACE TEMP TABLE _parts AS SELECT *, TRY_CAST(split_part(s, '/', 1) AS "
        "INT) a, "
        "TRY_CAST(split_part(s, '/', 2) AS INT) b, split_part(split_part(s, ' ', 1), '/', 3) c, "
        f"length(split_part(s, '/', 1)) w FROM (SELECT v, line, {slashed('v')} AS s FROM _distinct)"
    )
    parts, years, firsts, seconds, short, noon = bench.one(
        "SELECT count(*) FILTER (a IS NOT NULL AND b IS NOT NULL), count(*) FILTER (w = 4), "
        "count(*) FILTER (a > 12), count(*) FILTER (b > 12), count(*) FILTER (length(c) = 2), "
        r"count(*) FILTER (regexp_matches(v, '(?i)\d\s*[ap]m$')) FROM _parts"
    )
    if parts <= ENOUGH * total:
        return Style(order="names", example=shown)
    if years > ENOUGH * total:
        return Style(order="ymd", example=shown)
    if firsts or seconds:
        order = "mdy" if seconds > firsts else "dmy"
        return Style(order=order, short_year=short > ENOUGH * total, example=shown)
    style = Style(order="dmy", short_year=short > ENOUGH * total, doubtful=True, example=shown)
    dotted = bench.number("SELECT count(*) FROM _distinct WHERE contains(v, '.')") > ENOUGH * total
    if dotted:  # 03.04.2025 is written where the day comes first
        return replace(style, doubtful=False)
    american = replace(style, order="mdy")
    back, forth = _steps_back(bench, style), _steps_back(bench, american)
    return american if forth < back or (noon and forth == back) else style


def _reads_iso(bench: Bench) -> int:
    """Count the values that begin with a year and are moments; 31/12/25 is not one of year 31."""
    found = moment("v", Style(order="iso"))
    return bench.number(
        f"SELECT count({found}) FILTER (regexp_matches(v, '^[0-9]{{4}}-')) FROM _distinct"
    )


def _steps_back(bench: Bench, style: Style) -> int:
    """Count how often time runs backwards down the file: exports are mostly written in order."""
    return bench.number(
        "SELECT count(*) FILTER (t < before) FROM (SELECT t, lag(t) OVER (ORDER BY line) AS before "
        f"FROM (SELECT line, {moment('v', style)} AS t FROM _distinct))"
    )


_DECISIONS = {
    Type.NUMBER: _decide_number,
    Type.INTEGER: _decide_number,
    Type.MOMENT: _decide_moment,
    Type.KEY: _decide_key,
}
