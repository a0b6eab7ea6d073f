"""Detect format, encoding, delimiter and header of a file. Pure: bytes and text in, values out."""

import codecs
import csv
import re
from collections import Counter

from mainstay.engine.files.layout import Format
from mainstay.engine.files.unreadable import Unreadable, gettext_noop

DELIMITERS = ("\t", ";", "|", ",")
BLANKS = " "
SAMPLE_LINES = 60
COMMON_LEADS, SIGN_LEADS = (0xB0, 0xD7), (0xA1, 0xA2, 0xA3)  # rows of GB 2312
CYRILLIC = (0xA8, 0xC0)  # cp1251: Ё, and where А-я begin
FEW_ZEROS = 3
ZIP, OLE, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters that texts of these code pages really use; anything else counts against the page.
LETTERS = {
    "cp1250": set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüßÄÖÜőűŐŰôľĺŕâîăşţÂÎĂŞŢđ"),
    "cp1252": set("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽ"),
}
SIGNS = set("€£¥§©®°±²³µ·«»„”“’‘–—…№½¼¾\u00a0")
NUMBER = re.compile(
    r"^[\s\u00a0$€£¥-]*\d[\d\s\u00a0.,:/%+-]*(?:e[+-]?\d+)?\s*(?:[$€£¥%]|[AP]M)?$", re.IGNORECASE
)


def format_of(head: bytes) -> Format:
    """Tell the kind of file from its first bytes."""
    if head.startswith(PARQUET):
        return Format.PARQUET
    if head.startswith((ZIP, OLE)):
        return Format.WORKBOOK
    if head.startswith(
        (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!")
    ):
        raise Unreadable(
            gettext_noop(
                "This is not a table. Save it as CSV, XLSX or Parquet and choose it again."
            )
        )
    return Format.TEXT


def encoding_of(sample: bytes) -> str:
    """Name the encoding of a text: UTF-8, UTF-16, gb18030, cp1250, cp1251 or cp1252."""
    for mark, name in BOMS:
        if sample.startswith(mark):
            return name
    if wide := _utf16_without_mark(sample):
        return wide
    if _decodes(sample, "utf-8"):
        return "utf-8"
    if _looks_chinese(sample):
        return "gb18030"
    if _looks_cyrillic(sample):
        return "cp1251"
    return max(("cp1252", "cp1250"), key=lambda page: _score(sample, page))


def _utf16_without_mark(sample: bytes) -> str:
    """See UTF-16 by its zero bytes, which all stand at odd or all at even places."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) % 2 or max(even, odd) < FEW_ZEROS or min(even, odd) > 0.02 * max(even, odd):
        return ""
    found = "utf-16-le" if odd > even else "utf-16-be"
    return found if _decodes(sample, found) else ""


def _decodes(sample: bytes, encoding: str) -> bool:
    """Tell whether the bytes are valid; a character cut off at the end does not count."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _looks_chinese(sample: bytes) -> bool:
    """Tell GB from single bytes: nearly all pairs are common characters or full-width signs."""
    if not _decodes(sample, "gb18030"):
        return False
    pairs = re.findall(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]", sample)
    common = [
        1
        for lead, trail in pairs
        if trail >= SIGN_LEADS[0]
        and (COMMON_LEADS[0] <= lead <= COMMON_LEADS[1] or lead in SIGN_LEADS)
    ]
    return bool(pairs) and len(common) >= 0.8 * len(pairs) and not _looks_cyrillic(sample)


def _looks_cyrillic(sample: bytes) -> bool:
    """Tell Cyrillic from Latin: its words are whole runs of high letters, mostly lower case."""
    words = re.findall(rb"[A-Za-z\xa8\xb8\xc0-\xff]+", sample)
    high = [word for word in words if max(word) >= CYRILLIC[1]]
    whole = [word for word in high if min(word) >= CYRILLIC[0] and _cased(word)]
    return sum(map(len, whole)) >= 0.7 * max(sum(map(len, high)), 1) and bool(whole)


def _cased(word: bytes) -> bool:
    """Tell whether the word is lower case, capitalised or upper case in cp1251."""
    text = word.decode("cp1251", "replace")
    return len(text) > 1 and (text[1:].islower() or text.isupper())


def _score(sample: bytes, page: str) -> float:
    """Return how well the special characters fit this code page, between -2 and 1."""
    text = sample.decode(page, errors="replace")
    special = [(index, mark) for index, mark in enumerate(text) if mark > "\x7f"]
    weights = [_plausible(text, index, mark, page) for index, mark in special]
    return sum(weights) / len(weights) if weights else 0.0


def _plausible(text: str, index: int, mark: str, page: str) -> float:
    """Weigh one character: a letter of the language is good, a sign inside a word is bad."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    beside_letters = before.isalpha() or after.isalpha()
    if mark in LETTERS[page]:
        if mark.isupper() and before.islower():
            return -1.0
        return 1.0 if beside_letters else 0.2
    if mark in SIGNS:
        if before.isalpha() and after.isalpha():
            return 0.5 if mark in "’‘–·" else -1.0
        return 0.1 if beside_letters else 0.9
    return -2.0


def delimiter_of(text: str) -> str:
    """Choose the delimiter that splits the first lines most regularly, then into most columns."""
    lines = [line for line in text.splitlines() if line.strip()][:SAMPLE_LINES]
    scored = [(_regularity(lines, mark), mark) for mark in DELIMITERS]
    (share, columns), best = max(scored, key=lambda pair: pair[0])
    if columns > 1 and share > 0:
        return best
    counts = Counter(len(line.split()) for line in lines)
    usual, times = counts.most_common(1)[0] if counts else (1, 0)
    return BLANKS if usual > 1 and times >= 0.8 * len(lines) and len(lines) > 1 else ","


def _regularity(lines: list[str], mark: str) -> tuple[float, int]:
    """Return the share of rows with the usual number of columns, and that number."""
    try:
        rows = [row for row in csv.reader(lines, delimiter=mark) if row]
    except csv.Error:
        return (0.0, 1)
    if not rows or len(rows[0]) == 1:
        return (0.0, 1)
    usual, times = Counter(map(len, rows)).most_common(1)[0]
    return (round(times / len(rows), 1), usual) if usual > 1 else (0.0, 1)


def has_header(rows: list[list[str]]) -> bool:
    """Take the first row for names unless it holds a number or a date."""
    if not rows:
        return False
    first = [cell for cell in rows[0] if cell.strip()]
    return bool(first) and not any(NUMBER.match(cell.strip()) for cell in first)
