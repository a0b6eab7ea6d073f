"""SQL for one value: clean it, read it in the style of its column, say what is wrong with it.

Each function returns an expression over one column; nothing here runs anything.
"""

from collections.abc import Callable

from mainstay.engine.staging.bench import literal, name_of
from mainstay.engine.staging.fields import Bound, Style, Type

BLANKS = " \t\r\n\u00a0\u2007\u202f\u3000\ufeff"
# What programs write for "nothing" in columns of numbers, days and keys.
NOTHING = ("null", "nan", "nat", "none", "n/a", "#n/a", "\\n", "<na>")
# Exports write an apostrophe before what a spreadsheet would calculate, such as +48 22 …; only
# there it is taken off again.
GUARDED = "^'+[\\s\\pZ\\x0b\\x1c-\\x1f\\x85]*[=+@\\t\\r\uff1d\uff0b\uff0d\uff20-]"
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
SIGNS = r"(?:PLN|EUR|USD|GBP|CNY|RMB|RUB|CHF|zł|руб\.?|р\.|元|[$€£¥₽₴]|\s)+"
CURRENCY = f"(?i)^{SIGNS}|{SIGNS}$"
PLAIN_EMAIL = (
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
    r"(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\.[A-Za-z]{2,63}"
)
DAYS = {
    "ymd": ("%Y/%m/%d", "%y/%m/%d"),
    "dmy": ("%d/%m/%Y", "%d/%m/%y"),
    "mdy": ("%m/%d/%Y", "%m/%d/%y"),
}
TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%g", " %I:%M %p", " %I:%M:%S %p")
NAMED = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%d %b %y", "%Y %b %d")


def trimmed(bound: Bound) -> str:
    """Return the cell without blanks around it, NULL if nothing is left."""
    cell = name_of(bound.column)
    if not bound.is_text:
        return cell
    # Nearly no cell has blanks around it, and to see that is quicker than to take them off.
    bare = f"left({cell}, 1) BETWEEN '(' AND '~' AND right({cell}, 1) BETWEEN '!' AND '~'"
    blanks = _characters(BLANKS)
    guard = f"WHEN regexp_matches({cell}, {literal(GUARDED)}) THEN trim({cell}[2:], {blanks}) "
    text = (
        f"CASE WHEN {bare} THEN {cell} {guard if bound.guarded else ''}"
        f"ELSE nullif(trim({cell}, {blanks}), '') END"
    )
    if bound.field.type in (Type.TEXT, Type.EMAIL, Type.CHOICE):
        return text
    nothing = ", ".join(literal(word) for word in NOTHING)
    # What begins with a digit is something: most cells never reach the list of words.
    return (
        f"CASE WHEN {text} BETWEEN '0' AND ':' THEN {text} "
        f"WHEN lower({text}) IN ({nothing}) THEN NULL ELSE {text} END"
    )


def _characters(text: str) -> str:
    return " || ".join(f"chr({ord(mark)})" for mark in text)


def typed(bound: Bound, style: Style, value: str, zone: str) -> str:
    """Return the value in its type, NULL where it cannot be read. `value` names the trimmed
    cell."""
    kind = bound.field.type
    if kind in (Type.NUMBER, Type.INTEGER):
        return number(value, style) if bound.is_text else f"TRY_CAST({value} AS DOUBLE)"
    if kind is Type.MOMENT:
        return _written(value, style, zone) if bound.is_text else _native(bound, value, zone)
    if kind is Type.CHOICE:
        return f"{choices_of(bound)}.code"
    if kind is Type.KEY:
        return _key(bound, style, value)
    if bound.field.paragraphs:
        return _text(bound, value)
    return f"translate({_text(bound, value)}, chr(10) || chr(13) || chr(9), '   ')"


def choices_of(bound: Bound) -> str:
    """Name the small table of the words a field knows."""
    return f"_choices_{bound.field.name}"


def _text(bound: Bound, value: str) -> str:
    return value if bound.is_text else f"CAST({value} AS VARCHAR)"


def _key(bound: Bound, style: Style, value: str) -> str:
    """Return a reference as text: 17850.0, as spreadsheets and data frames write it, is 17850."""
    if bound.native in ("DOUBLE", "FLOAT") or bound.native.startswith("DECIMAL"):
        whole = f"{value} = trunc({value}) AND abs({value}) < 1e15"
        return (
            f"CASE WHEN isfinite({value}::DOUBLE) THEN CASE WHEN {whole} THEN "
            f"CAST({value}::BIGINT AS VARCHAR) ELSE CAST({value} AS VARCHAR) END END"
        )
    if not bound.is_text:
        return f"CAST({value} AS VARCHAR)"
    return f"regexp_replace({value}, '\\.0+$', '')" if style.pandas_key else value


def bare_number(value: str) -> str:
    """Return a number without currency, blanks and apostrophes, its minus sign in front."""
    text = f"regexp_replace({value}, {literal(CURRENCY)}, '', 'g')"
    text = f"replace(replace({text}, '−', '-'), '–', '-')"
    text = f"regexp_replace({text}, '[\\s\u00a0\u2007\u202f\u2009''’`]', '', 'g')"
    return f"regexp_replace(regexp_replace({text}, '^\\((.*)\\)$', '-\\1'), '^(.*\\d)-$', '-\\1')"


def number(value: str, style: Style) -> str:
    """Return the number written in `value`."""
    bare, group = bare_number(value), "," if style.decimal == "." else "."
    mark = "\\."
    decimal, grouping = (mark, ",") if style.decimal == "." else (",", mark)
    grouped = f"'[+-]?\\d{{1,3}}({grouping}\\d{{2,3}})*{grouping}\\d{{3}}({decimal}\\d*)?'"
    plain = f"'[+-]?(\\d+({decimal}\\d*)?|{decimal}\\d+)([eE][+-]?\\d{{1,3}})?'"
    slow = (
        f"CASE WHEN regexp_full_match({bare}, {plain}) OR regexp_full_match({bare}, {grouped}) "
        f"THEN TRY_CAST(replace(replace({bare}, '{group}', ''), ',', '.') AS DOUBLE) END"
    )
    # Nearly every cell is a plain number: the slow patterns are tried on the others only.
    if style.decimal == ",":
        simple = (
            f"CASE WHEN regexp_full_match({value}, '-?\\d+(,\\d+)?') THEN "
            f"TRY_CAST(replace({value}, ',', '.') AS DOUBLE) END"
        )
        return f"coalesce({simple}, {slow})"
    return (
        f"coalesce(CASE WHEN NOT contains({value}, '_') THEN TRY_CAST({value} AS DOUBLE) "
        f"END, {slow})"
    )


def wall_clock(bound: Bound, style: Style, value: str, zone: str) -> str:
    """Return what the clock in `zone` showed: the day there is the day that counts."""
    if bound.is_text:
        clock = moment(value, style)
        return _stated(value, style, lambda stated: _shown(stated, zone), clock)
    if "WITH TIME ZONE" in bound.native:
        return _shown(value, zone)
    return _native_clock(bound, value)


def _written(value: str, style: Style, zone: str) -> str:
    """Return the moment in UTC: an offset beside the time counts, else the clock is that of
    `zone`."""
    clock = _utc(moment(value, style), zone)
    return _stated(value, style, lambda stated: _shown(stated, "UTC"), clock)


def _stated(value: str, style: Style, shown: Callable[[str], str], clock: str) -> str:
    """Return `shown` of a moment that states its offset or zone, else `clock`.

    One whose zone cannot be understood is no moment: the clock alone would be hours off.
    """
    if style.order != "iso":
        return clock
    joined = f"regexp_replace({value}, '\\s+([+-]\\d{{2}}(:?\\d{{2}})?)$', '\\1')"
    stated = f"TRY_CAST({joined} AS TIMESTAMPTZ)"
    return f"CASE WHEN {_has_offset(value)} THEN {shown(stated)} ELSE {clock} END"


def moment(value: str, style: Style) -> str:
    """Return the moment written in `value` as the clock on the wall showed it."""
    if style.order == "iso":
        return f"TRY_CAST({value} AS TIMESTAMP)"
    if style.order == "compact":
        return f"try_strptime({value}, ['%Y%m%d', '%Y%m%d%H%M', '%Y%m%d%H%M%S', '%Y%m%d %H:%M:%S'])"
    if style.order == "serial":
        days = f"TRY_CAST(replace({value}, ',', '.') AS DOUBLE)"
        return (
            f"CASE WHEN {days} BETWEEN 1 AND 109573 THEN make_timestamp(CAST(round(({days} "
            "- 25569) * 86400) AS BIGINT) * 1000000) END"
        )
    if style.order == "names":
        words = f"regexp_replace(replace({value}, ',', ' '), '[\\s./-]+', ' ', 'g')"
        return f"try_strptime({words}, [{_formats(NAMED)}])"
    long, short = DAYS[style.order]
    day = short if style.short_year else long
    # Most columns use one sign between the parts: those cells need no rewriting.
    mark = next((sign for sign in ".-" if sign in style.example), "/")
    simple = ", ".join(
        literal(day.replace("/", mark) + time) for time in ("", " %H:%M", " %H:%M:%S")
    )
    return (
        f"coalesce(try_strptime({value}, [{simple}]), "
        f"try_strptime({slashed(value)}, [{_formats((day,))}]))"
    )


def slashed(value: str) -> str:
    """Return a date with / between its parts and one blank before the time."""
    text = f"regexp_replace({value}, '[年月]', '/', 'g')"
    text = f"regexp_replace({text}, '日|,', ' ')"
    day = (
        f"regexp_extract({text}, '^(\\d+)\\s*[./-]\\s*(\\d+)\\s*[./-]\\s*(\\d+)(.*)$', "
        "['a', 'b', 'c', 'rest'])"
    )
    rest = "regexp_replace(trim(ltrim(({day}).rest, 'T г.')), '\\s+', ' ', 'g')".replace(
        "{day}", day
    )
    return f"rtrim(({day}).a || '/' || ({day}).b || '/' || ({day}).c || ' ' || {rest})"


def _formats(days: tuple[str, ...]) -> str:
    return ", ".join(literal(day + time) for day in days for time in TIMES)


def _has_offset(value: str) -> str:
    zone = "Z|[+-]\\d{2}(:?\\d{2})?| [A-Za-z][A-Za-z0-9_/+-]*"
    return f"regexp_matches({value}, '\\d{{2}}:\\d{{2}}.*({zone})$')"


def _shown(stamp: str, zone: str) -> str:
    """Return what the clock in `zone` shows at a moment."""
    return f"timezone({literal(zone)}, {stamp})"


def _utc(clock: str, zone: str) -> str:
    """Return what a clock in `zone` shows as UTC."""
    if zone == "UTC":
        return clock
    return _shown(_shown(clock, zone), "UTC")


def _native(bound: Bound, value: str, zone: str) -> str:
    if "WITH TIME ZONE" in bound.native:
        return _shown(value, "UTC")
    return _utc(_native_clock(bound, value), zone)


def _native_clock(bound: Bound, value: str) -> str:
    if bound.native == "DATE" or bound.native.startswith("TIMESTAMP"):
        return f"CAST({value} AS TIMESTAMP)"
    whole = f"TRY_CAST({value} AS BIGINT)"
    return f"try_strptime(CAST({whole} AS VARCHAR), '%Y%m%d')"
