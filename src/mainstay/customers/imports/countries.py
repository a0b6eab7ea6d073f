"""Country names in the four languages, as files write them, to two-letter codes."""

from functools import cache

CODE = 2  # letters
LANGUAGES = ("en", "pl", "ru", "zh_Hans", "de")
ALSO = {
    "eire": "IE", "rsa": "ZA", "usa": "US", "u.s.a.": "US", "us": "US", "uk": "GB", "u.k.": "GB", "great britain": "GB",
    "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "holland": "NL", "uae": "AE",
    "czech republic": "CZ", "korea": "KR", "south korea": "KR", "russia": "RU", "viet nam": "VN", "turkey": "TR",
    "macedonia": "MK", "burma": "MM", "ivory coast": "CI", "slovak republic": "SK", "usa.": "US",
    "wielka brytania": "GB", "stany zjednoczone ameryki": "US", "holandia": "NL", "сша": "US", "англия": "GB",
    "великобритания": "GB", "рф": "RU", "российская федерация": "RU", "голландия": "NL", "中国大陆": "CN",
}  # fmt: skip


@cache
def country_words() -> dict[str, str]:
    """Return every known way to write a country, in lower case, with its code."""
    from babel import Locale

    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == CODE and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "QO"):
                found.setdefault(name.lower(), code)
                found.setdefault(code.lower(), code)
    return {**found, **ALSO}
