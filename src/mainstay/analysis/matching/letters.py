"""One alphabet for all names: what is written in another script is compared by its sound."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_NOT_WORD = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile("[.'’ʼ`´ьЬъЪ]")
# Spellings of one sound in Polish, German, English and the usual ways to write Russian in Latin.
_SOUNDS = (
    ("shch|szcz|sch|sh|sz", "s"),
    ("zh|rz", "z"),
    ("tch|ch|cz|tz|ts|ck|k|q|c", "k"),
    ("x", "ks"),
    ("ph|w", "v"),
    ("ue", "u"),
    ("oe", "o"),
    ("ae", "a"),
    ("h", ""),
    ("[ijy]+e", "e"),
    ("[ijy]+", "i"),
    (r"(\w)\1+", r"\1"),
)
_SOUND = [(re.compile(pattern), sign) for pattern, sign in _SOUNDS]


def plain(text: str) -> str:
    """Return small Latin letters, digits and single spaces.

    >>> plain("Żółć sp. z o.o.")
    'zolc sp z oo'
    >>> plain("Щукин, Юрий")
    'shchukin yuriy'
    >>> plain("王小明")
    'wang xiao ming'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = anyascii(_HAN.sub(_by_sound, _APOSTROPHES.sub("", text)))
    else:
        text = _APOSTROPHES.sub("", text)
    return _NOT_WORD.sub(" ", text.lower()).strip()


def _by_sound(sign: re.Match[str]) -> str:
    return f" {sign.group()} "


def is_han(text: str) -> bool:
    """Tell whether a text is written in Chinese characters."""
    return bool(_HAN.search(text))


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """Return a plain word so that spellings of one sound are equal.

    >>> sound("szczepan") == sound("shchepan"), sound("mueller") == sound("muller")
    (True, True)
    """
    for pattern, sign in _SOUND:
        word = pattern.sub(sign, word)
    return word
