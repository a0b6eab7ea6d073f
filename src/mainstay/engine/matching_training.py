"""Training the weights of comparisons on a company's own records: u by drawing, m by EM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mainstay.analysis.matching.comparisons import Comparison
from mainstay.analysis.matching.keys import Key
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
        "comparisons": [_comparison(c, weights.shares[c.field], functions) for c in asked],
        "blocking_rules_to_generate_predictions": [
            f"l.{key.column} = r.{key.column} AND {fresh}" for key in usable
        ],
        "probability_two_random_records_match": weights.prior,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }


def _comparison(
    comparison: Comparison, shares: dict[str, tuple[float, float]], functions: dict[str, str]
) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": comparison.unknown.format(**functions),
            "label_for_charts": "unknown",
            "is_null_level": True,
        }
    ]
    for level in comparison.levels:
        m, u = shares[level.key]
        entry = {
            "sql_condition": level.condition.format(**functions),
            "label_for_charts": level.key,
            "m_probability": m,
            "u_probability": u,
        }
        if level.rare:
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
    from splink import Linker

    certain = _certain_pairs(api, keyed, usable)
    all_pairs = count * (count - 1) / 2
    prior = min(MOST_PRIOR, max(certain, 1) / RECALL / all_pairs)
    start = shipped(records=count, prior=prior)
    if count < FEWEST_RECORDS:
        return start
    source = api.register(keyed.physical_name, table_name="trained")
    linker = Linker(source, settings(api, asked, usable, start), log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=DRAWN_PAIRS, seed=SEED, num_chunks=1)
    if certain >= FEWEST_PAIRS:
        _expect_and_maximise(linker, keyed, {key.name for key in usable})
    return learnt(_shares(linker, asked), records=count, pairs=int(certain), prior=prior)


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


def _expect_and_maximise(linker: Linker, keyed: SplinkDataFrame, usable: set[str]) -> None:
    """Learn m from pairs that agree in one thing, of what else they agree in."""
    for key, columns in PASSES:
        if key not in usable:
            continue
        same = " AND ".join(f"l.{column} = r.{column}" for column in columns)
        linker.training.estimate_parameters_using_expectation_maximisation(
            f"l.key_{key} = r.key_{key} AND {same}",
            estimate_without_term_frequencies=True,
            max_pairs=EM_PAIRS,
            record_sample_proportion=1.0,
        )


def _shares(linker: Linker, asked: tuple[Comparison, ...]) -> Shares:
    """Return m and u of each level that the training saw."""
    found: Shares = {}
    model = linker.misc.save_model_to_json()
    for comparison, told in zip(asked, model["comparisons"], strict=True):
        levels = [level for level in told["comparison_levels"] if not level.get("is_null_level")]
        found[comparison.field] = {
            kept.key: (float(level["m_probability"]), float(level["u_probability"]))
            for kept, level in zip(comparison.levels, levels, strict=True)
            if "m_probability" in level and "u_probability" in level
        }
    return found
