"""Training the weights of comparisons on a company's own records: u by drawing, m by EM."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING, Any

from mainstay.analysis.matching.keys import Key
from mainstay.analysis.matching.levels import Comparison
from mainstay.analysis.matching.weights import MOST_PRIOR, Shares, Weights, learnt, shipped

if TYPE_CHECKING:
    from splink import Linker
    from splink.internals.database_api import DatabaseAPI
    from splink.internals.splink_dataframe import SplinkDataFrame

SEED = 1
DRAWN_PAIRS = 300_000  # of different customers, for u
EM_PAIRS = 500_000  # per pass, for m
FEWEST_RECORDS = 300  # below which the shipped weights say more than the records do
FEWEST_PAIRS = 30
RECALL = 0.8  # of all duplicates, how many are expected to be certain at once
# Keys that are equal in two records of one customer for certain, with what must be equal beside.
CERTAIN = (
    ("tax",),
    *(("names", other) for other in ("born_first", "email", "phone", "street")),
    *(("words", other) for other in ("email", "phone", "street", "site")),
)
# Passes of EM: what is equal in all pairs of a pass cannot be learnt in it.
PASSES = (
    ("tax", ("tax",)),
    ("email", ("email",)),
    ("phone", ("phone",)),
    ("names", ("given", "surname")),
    ("words", ("name",)),
    ("born_first", ("born",)),
    ("street", ("street", "house", "postcode")),
)
FUNCTIONS = {
    "duckdb": {
        "alike": "jaro_winkler_similarity",
        "edits": "damerau_levenshtein",
        "starts": "starts_with",
    },
    "spark": {"alike": "jaro_winkler", "edits": "damerau_levenshtein", "starts": "startswith"},
}


def settings(
    api: DatabaseAPI[Any], asked: tuple[Comparison, ...], usable: tuple[Key, ...], weights: Weights
) -> dict[str, Any]:
    """Return the settings for Splink: only pairs with at least one fresh record are compared."""
    functions = FUNCTIONS[api.sql_dialect.sql_dialect_str]
    fresh = "(l.fresh OR r.fresh)"
    return {
        "link_type": "dedupe_only",
        "comparisons": [_comparison(c, weights, functions) for c in asked],
        "blocking_rules_to_generate_predictions": [
            f"l.{key.column} = r.{key.column} AND {fresh}" for key in usable
        ],
        "probability_two_random_records_match": weights.prior,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }


def _comparison(
    comparison: Comparison, weights: Weights, functions: dict[str, str]
) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": comparison.unknown.format(**functions),
            "label_for_charts": "unknown",
            "is_null_level": True,
        }
    ]
    for level in comparison.levels:
        m, u = weights.shares[comparison.field][level.key]
        entry = {
            "sql_condition": level.condition.format(**functions),
            "label_for_charts": level.key,
            "m_probability": m,
            "u_probability": u,
            "fix_m_probability": level.most_m < 1,
        }
        if level.rare and weights.records >= FEWEST_RECORDS:
            entry |= {"tf_adjustment_column": level.rare, "tf_minimum_u_value": 0.0001}
        levels.append(entry)
    return {"output_column_name": comparison.field, "comparison_levels": levels}


def trained(
    api: DatabaseAPI[Any],
    keyed: SplinkDataFrame,
    asked: tuple[Comparison, ...],
    usable: tuple[Key, ...],
    count: int,
) -> Weights:
    """Return weights learnt from these records; the shipped ones where they are too few."""
    certain = _certain_pairs(api, keyed, usable)
    all_pairs = count * (count - 1) / 2
    prior = min(MOST_PRIOR, max(certain, 1) / RECALL / all_pairs)
    start = shipped(records=count, prior=prior)
    if count < FEWEST_RECORDS:
        return start
    found = _drawn(api, keyed, asked, usable, start)
    if certain >= FEWEST_PAIRS:
        found = _maximised(api, keyed, asked, usable, replace(start, shares=start.shares | found))
    return learnt(found, records=count, pairs=int(certain), prior=prior)


def _linker(
    api: DatabaseAPI[Any],
    keyed: SplinkDataFrame,
    asked: tuple[Comparison, ...],
    usable: tuple[Key, ...],
    weights: Weights,
    name: str,
) -> Linker:
    source = api.register(keyed.physical_name, table_name=name)
    return linked(source, settings(api, asked, usable, weights))


def linked(source: SplinkDataFrame, told: dict[str, Any]) -> Linker:
    """Return Splink's linker; our settings stand, and checking them costs a second each time."""
    from splink import Linker

    return Linker(source, told, log_level=None, validate_settings=False)


def _drawn(
    api: DatabaseAPI[Any],
    keyed: SplinkDataFrame,
    asked: tuple[Comparison, ...],
    usable: tuple[Key, ...],
    start: Weights,
) -> Shares:
    """Return u as pairs drawn at random show it, beside the m to start from."""
    linker = _linker(api, keyed, asked, usable, start, "drawn")
    linker.training.estimate_u_using_random_sampling(max_pairs=DRAWN_PAIRS, seed=SEED, num_chunks=1)
    return _shares(linker, asked, start.shares)


def _maximised(
    api: DatabaseAPI[Any],
    keyed: SplinkDataFrame,
    asked: tuple[Comparison, ...],
    usable: tuple[Key, ...],
    start: Weights,
) -> Shares:
    """Return m as expectation maximisation finds it, the mean of the passes that could learn it."""
    learnt_in: dict[tuple[str, str], list[float]] = {}
    names = {key.name for key in usable}
    for key, columns in PASSES:
        if key not in names:
            continue
        linker = _linker(api, keyed, asked, usable, start, f"pass_{key}")
        # A level that no pair of the pass has may tend to 0, which Splink refuses.
        with suppress(ValueError):
            _expect_and_maximise(linker, key, columns)
            for field, levels in _shares(linker, asked, start.shares).items():
                for level, (m, _u) in levels.items():
                    if m != start.shares[field][level][0]:
                        learnt_in.setdefault((field, level), []).append(m)
    return {
        field: {
            level: (fmean(learnt_in.get((field, level), [m])), u)
            for level, (m, u) in levels.items()
        }
        for field, levels in start.shares.items()
    }


def _expect_and_maximise(linker: Linker, key: str, columns: tuple[str, ...]) -> None:
    """Learn m from pairs that agree in one thing, of what else they agree in."""
    same = " AND ".join(f"l.{column} = r.{column}" for column in columns)
    linker.training.estimate_parameters_using_expectation_maximisation(
        f"l.key_{key} = r.key_{key} AND {same}",
        estimate_without_term_frequencies=True,
        max_pairs=EM_PAIRS,
        record_sample_proportion=1.0,
    )


def _certain_pairs(api: DatabaseAPI[Any], keyed: SplinkDataFrame, usable: tuple[Key, ...]) -> int:
    """Return how many pairs agree in what no two customers agree in by chance."""
    known = {key.name: key.column for key in usable}
    rules = [[known[name] for name in rule] for rule in CERTAIN if known.keys() >= set(rule)]
    if not rules:
        return 0
    table = keyed.physical_name
    joined = " UNION ".join(
        f"SELECT l.unique_id AS a, r.unique_id AS b FROM {table} l JOIN {table} r ON "  # noqa: S608
        + " AND ".join(f"l.{column} = r.{column}" for column in rule)
        + " AND l.unique_id < r.unique_id"
        for rule in rules
    )
    found = api.query_sql(f"SELECT count(*) AS n FROM ({joined}) AS pairs")  # noqa: S608
    return int(found.as_record_list()[0]["n"])


def _shares(linker: Linker, asked: tuple[Comparison, ...], otherwise: Shares) -> Shares:
    """Return m and u of each level, as they were where the training did not see it."""
    found: Shares = {}
    told = {c["output_column_name"]: c for c in linker.misc.save_model_to_json()["comparisons"]}
    for comparison in asked:
        levels = {
            each["label_for_charts"]: each for each in told[comparison.field]["comparison_levels"]
        }
        before = otherwise[comparison.field]
        found[comparison.field] = {
            key: (_share(levels[key], "m", m), _share(levels[key], "u", u))
            for key, (m, u) in before.items()
        }
    return found


def _share(level: dict[str, Any], of: str, otherwise: float) -> float:
    value = level.get(f"{of}_probability")
    return float(value) if isinstance(value, int | float) else otherwise
