"""The names of persons and of organisations, taken apart so that like is compared with like."""

import re

from mainstay.analysis.matching.legal_forms import without_form
from mainstay.analysis.matching.letters import is_han, plain

# Titles and forms of address that stand before or after a name; plain.
_HYPHEN = re.compile(r"(?<=\w)[-‐‑–](?=\w)")
_TITLES_WRITTEN = (
    "mr mrs ms miss dr prof ing mgr inz hab lic sir pan pani pana panstwo herr frau hr fr dipl mba"
    " phd md jr sr ii iii m mme mlle sig don dona g n zha gn gzha grazhdanin gospodin gospozha"
    " xian sheng nyu shi"
)
_TITLES = frozenset(_TITLES_WRITTEN.split())
_PARTICLES_WRITTEN = "van von der den de del della di da dos du la le af av zu ten ter bin"
_PARTICLES = frozenset(_PARTICLES_WRITTEN.split())
_PATRONYMIC = re.compile(r"(vich|vna|ichna|ovych|ivna|oglu|kyzy)$")
_TWO_SIGNS_WRITTEN = (
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 夏侯 东方 東方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒"
)
_TWO_SIGN_SURNAMES = frozenset(_TWO_SIGNS_WRITTEN.split())
_LONGEST_HAN_NAME = 4


def person(name: str) -> tuple[str, str]:
    """Return given name and surname of a full name, plain; either may be empty.

    >>> person("dr Jan Kowalski"), person("Kowalska-Nowak, Anna Maria")
    (('jan', 'kowalski'), ('anna maria', 'kowalskanowak'))
    >>> person("Иванов Иван Петрович"), person("王小明")
    (('ivan petrovich', 'ivanov'), ('xiaoming', 'wang'))
    """
    written = _HYPHEN.sub("", name.strip())
    if is_han(written):
        return _han(written)
    surname, comma, given = written.partition(",")
    if comma and given.strip():
        return _parts(given), _parts(surname)
    words = _words(written)
    return _split(words, written)


def _han(written: str) -> tuple[str, str]:
    signs = "".join(sign for sign in written if not sign.isspace() and sign not in "·•.")
    if not all(is_han(sign) for sign in signs) or len(signs) > _LONGEST_HAN_NAME:
        return "", plain(signs)
    after = 2 if signs[:2] in _TWO_SIGN_SURNAMES and len(signs) > 2 else 1
    return plain(signs[after:]).replace(" ", ""), plain(signs[:after]).replace(" ", "")


def _words(text: str) -> list[str]:
    return [word for word in plain(text).split() if word not in _TITLES] or plain(text).split()


def _parts(text: str) -> str:
    return " ".join(_words(text))


def _split(words: list[str], written: str) -> tuple[str, str]:
    if len(words) < 2:  # a single name
        return "", "".join(words)
    if _PATRONYMIC.search(words[-1]) and len(words) == 3:  # Russian official order
        return " ".join(words[1:]), words[0]
    first = written.split(maxsplit=1)[0]
    if len(first) > 2 and first.isupper() and not written.isupper():  # KOWALSKI Jan
        return " ".join(words[1:]), words[0]
    start = next((i for i, word in enumerate(words[1:-1], 1) if word in _PARTICLES), len(words) - 1)
    return " ".join(words[:start]), " ".join(words[start:])


def organisation(name: str) -> tuple[str, str]:
    """Return the name of an organisation without its legal form, and the form.

    >>> organisation("ЗАО «Северный ветер»"), organisation("北京大米科技有限公司")
    (('severnyy veter', 'zao'), ('bei jing da mi ke ji', 'youxian'))
    """
    return without_form(plain(name))
