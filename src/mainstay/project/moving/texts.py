"""Texts in CSV files: an apostrophe before what a spreadsheet would calculate, and off again."""

import pyarrow as pa
import pyarrow.compute as pc

# What a spreadsheet may take for a formula; with apostrophes before it, so that taking one off
# again always gives the text back.
_FORMULA = "^('*[\\s\\p{Z}\x0b\x1c-\x1f\x85]*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20])"


def escaped(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_string(values.type):
        return values
    return pc.replace_substring_regex(values, _FORMULA, r"'\1")


def unescaped(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_string(values.type):
        return values
    return pc.replace_substring_regex(values, f"^'({_FORMULA[2:]}", r"\1")
