"""SQL that says what is wrong with one value, as a short code; NULL where nothing is."""

from mainstay.engine.staging.bench import literal
from mainstay.engine.staging.fields import Bound, Type
from mainstay.engine.staging.values import CONTROL, PLAIN_EMAIL

EARLIEST, LATEST = "1900-01-01", "2200-01-01"


def problem(bound: Bound, value: str, result: str) -> str:
    """Return the code of the first thing wrong. `value` is the trimmed cell, `result` what it was
    read as."""
    field = bound.field
    cases = [f"WHEN {value} IS NULL THEN {_missing(bound)}"]
    if bound.is_text:
        cases.append(f"WHEN regexp_matches({value}, '{CONTROL}') THEN 'control'")
    cases += _CASES.get(field.type, _text_cases)(bound, value, result)
    return "CASE " + " ".join(cases) + " END"


def _missing(bound: Bound) -> str:
    return "'missing'" if bound.field.required else "NULL"


def _text_cases(bound: Bound, value: str, result: str) -> list[str]:
    unread = [f"WHEN {result} IS NULL THEN 'text'"] if not bound.is_text else []
    return [*unread, f"WHEN length({result}) > {bound.field.max_length} THEN 'too_long'"]


def _number_cases(bound: Bound, value: str, result: str) -> list[str]:
    field = bound.field
    cases = [
        f"WHEN {result} IS NULL OR NOT isfinite({result}) THEN 'number'",
        f"WHEN {result} < {field.low!r} OR {result} > {field.high!r} THEN 'range'",
    ]
    if field.type is Type.INTEGER:
        cases.append(f"WHEN {result} <> trunc({result}) THEN 'whole'")
    return cases


def _moment_cases(bound: Bound, value: str, result: str) -> list[str]:
    return [
        f"WHEN {result} IS NULL THEN 'moment'",
        (
            f"WHEN {result} < TIMESTAMP {literal(EARLIEST)} OR {result} >= TIMESTAMP "
            f"{literal(LATEST)} THEN 'moment_range'"
        ),
    ]


def _email_cases(bound: Bound, value: str, result: str) -> list[str]:
    return [
        f"WHEN length({result}) > {bound.field.max_length} THEN 'too_long'",
        f"WHEN NOT regexp_full_match({result}, {literal(PLAIN_EMAIL)}) THEN 'email'",
    ]


def _choice_cases(bound: Bound, value: str, result: str) -> list[str]:
    return [] if bound.field.open_choice else [f"WHEN {result} IS NULL THEN 'choice'"]


_CASES = {
    Type.NUMBER: _number_cases,
    Type.INTEGER: _number_cases,
    Type.MOMENT: _moment_cases,
    Type.EMAIL: _email_cases,
    Type.CHOICE: _choice_cases,
}
