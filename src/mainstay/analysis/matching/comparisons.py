"""What is compared and how alike it may be: the settings that are shipped, for every company.

Conditions are SQL with functions in braces that each engine names in its own way: {alike} is the
Jaro-Winkler similarity, {edits} the Damerau-Levenshtein distance, {starts} a beginning. `m` is how
often two records of one customer agree in this way, `u` how often two records of different ones do:
where a training starts from, and what stays where a company has too few records to learn its own.
"""

import hashlib

from mainstay.analysis.matching.levels import Comparison, Level, alike, edits, same
from mainstay.analysis.said.marks import gettext_noop

SAME = gettext_noop("the same")
DIFFERENT = gettext_noop("different")
SPELLED = gettext_noop("spelled a little differently")
SOUNDING = gettext_noop("the same by its sound")
TYPED = gettext_noop("one sign differs or is swapped")
TWO_TYPED = gettext_noop("two signs differ")
SWAPPED = gettext_noop("given name and surname are swapped")
ELSE = "ELSE"
# What belongs to one person only: relatives who share all the rest differ in these.
_OWN = " OR ".join(f"({same(column)})" for column in ("tax", "born"))

SURNAME = Comparison(
    "surname",
    ("surname",),
    (
        Level("same", same("surname"), 0.82, 0.002, SAME, rare="surname"),
        Level("swapped", "surname_l = given_r AND surname_r = given_l", 0.03, 0.0001, SWAPPED),
        Level("sound", same("surname_sound"), 0.03, 0.0005, SOUNDING),
        Level("spelled", f"{alike('surname', 0.9)} OR {edits('surname', 1)}", 0.08, 0.004, SPELLED),
        Level("near", alike("surname", 0.8), 0.01, 0.03, gettext_noop("somewhat alike")),
        Level("other", ELSE, 0.03, 0.96, DIFFERENT),
    ),
)
NAME = Comparison(
    "surname",
    ("surname",),
    (
        Level("same", same("surname"), 0.82, 0.002, SAME, rare="surname"),
        Level("swapped", "surname_l = given_r AND surname_r = given_l", 0.03, 0.0001, SWAPPED),
        Level("sound", same("surname_sound"), 0.03, 0.0005, SOUNDING),
        Level("spelled", f"{alike('surname', 0.9)} OR {edits('surname', 1)}", 0.08, 0.004, SPELLED),
        Level("near", alike("surname", 0.8), 0.01, 0.03, gettext_noop("somewhat alike")),
        Level("other", ELSE, 0.03, 0.96, DIFFERENT),
    ),
)
GIVEN = Comparison(
    "given",
    ("given",),
    (
        Level("same", same("given"), 0.8, 0.006, SAME, rare="given"),
        Level("swapped", "given_l = surname_r AND given_r = surname_l", 0.03, 0.0001, SWAPPED),
        Level("sound", same("given_sound"), 0.03, 0.001, SOUNDING),
        Level("spelled", f"{alike('given', 0.9)} OR {edits('given', 1)}", 0.07, 0.006, SPELLED),
        Level(
            "short",
            "{starts}(given_l, given_r) OR {starts}(given_r, given_l)",
            0.006,
            0.003,
            gettext_noop("one is short for the other"),
            most_m=0.006,
            contradicts=True,
        ),
        Level("near", alike("given", 0.8), 0.02, 0.03, gettext_noop("somewhat alike")),
        Level("own", _OWN, 0.03, 0.0001, gettext_noop("different, but a personal mark agrees")),
        Level(
            "mail",
            same("email"),
            1e-8,
            2e-6,
            gettext_noop("different, at one e-mail address"),
            most_m=1e-8,
            contradicts=True,
        ),
        Level(
            "other",
            ELSE,
            1e-9,
            0.95,
            gettext_noop("different: perhaps another person of one household"),
            most_m=1e-9,
            contradicts=True,
        ),
    ),
)
NAME = Comparison(
    "name",
    ("name",),
    (
        Level("same", same("name"), 0.6, 0.0005, SAME, rare="name"),
        Level(
            "words",
            same("words"),
            0.08,
            0.0002,
            gettext_noop("the same words in another order or spelling"),
        ),
        Level("spelled", f"{alike('name', 0.93)} OR {edits('name', 2)}", 0.2, 0.001, SPELLED),
        Level(
            "within",
            "{starts}(name_l, concat(name_r, ' ')) OR {starts}(name_r, concat(name_l, ' '))",
            0.06,
            0.002,
            gettext_noop("one continues the other"),
        ),
        Level("near", alike("name", 0.85), 0.04, 0.01, gettext_noop("somewhat alike")),
        Level("other", ELSE, 0.02, 0.985, DIFFERENT, most_m=0.02, contradicts=True),
    ),
)
FORM = Comparison(
    "form",
    ("form",),
    (Level("same", same("form"), 0.9, 0.35, SAME), Level("other", ELSE, 0.1, 0.65, DIFFERENT)),
)
EMAIL = Comparison(
    "email",
    ("email",),
    (
        Level("same", same("email"), 0.6, 0.00001, SAME),
        Level(
            "mailbox",
            same("mailbox") + " AND length(mailbox_l) > 4",
            0.04,
            0.0002,
            gettext_noop("the same name at another provider"),
        ),
        Level("spelled", edits("email", 2), 0.08, 0.0001, SPELLED),
        Level("site", same("mail_site"), 0.1, 0.003, gettext_noop("addresses of the same company")),
        Level("other", ELSE, 0.18, 0.997, DIFFERENT),
    ),
)
PHONE = Comparison(
    "phone",
    ("phone",),
    (
        Level("same", same("phone"), 0.65, 0.00002, SAME),
        Level("end", "right(phone_l, 8) = right(phone_r, 8)", 0.05, 0.00002, SAME),
        Level("typed", edits("phone", 1), 0.08, 0.0001, TYPED),
        Level("other", ELSE, 0.22, 0.9998, DIFFERENT),
    ),
)
TAX = Comparison(
    "tax",
    ("tax",),
    (
        Level("same", same("tax"), 0.9, 0.00001, SAME),
        Level("typed", edits("tax", 1), 0.06, 0.00005, TYPED),
        Level("two", edits("tax", 2), 0.01, 0.001, TWO_TYPED),
        Level("other", ELSE, 0.03, 0.999, DIFFERENT, contradicts=True),
    ),
)
BORN = Comparison(
    "born",
    ("born",),
    (
        Level("same", same("born"), 0.9, 0.0001, SAME),
        Level("typed", edits("born", 1), 0.05, 0.0005, TYPED),
        Level("two", edits("born", 2), 0.02, 0.005, TWO_TYPED),
        Level("other", ELSE, 0.03, 0.994, DIFFERENT, contradicts=True),
    ),
)
_STREET = f"({same('street')} OR {alike('street', 0.88)} OR {edits('street', 2)})"
_NEAR_BY = f"({same('postcode')} OR {same('city')})"
ADDRESS = Comparison(
    "address",
    ("street",),
    (
        Level("same", f"{same('street', 'house')} AND {_NEAR_BY}", 0.55, 0.00005, SAME),
        Level("spelled", f"{_STREET} AND {same('house')} AND {_NEAR_BY}", 0.15, 0.00005, SPELLED),
        Level(
            "street",
            f"{_STREET} AND {_NEAR_BY}",
            0.08,
            0.0005,
            gettext_noop("the same street, another house"),
        ),
        Level(
            "elsewhere",
            f"{_STREET} AND {same('house')}",
            0.05,
            0.0005,
            gettext_noop("the same street and house in another town"),
        ),
        Level("name", _STREET, 0.03, 0.005, gettext_noop("a street of this name in another town")),
        Level("other", ELSE, 0.14, 0.994, DIFFERENT),
    ),
)
ADDRESS_2 = Comparison(
    "address_2",
    ("address_2",),
    (
        Level("same", same("address_2"), 0.8, 0.001, SAME, rare="address_2"),
        Level(
            "spelled",
            f"{alike('address_2', 0.88)} OR {edits('address_2', 2)}",
            0.1,
            0.01,
            SPELLED,
        ),
        Level("other", ELSE, 0.1, 0.99, DIFFERENT),
    ),
)
TOWN = Comparison(
    "town",
    ("city",),
    (
        Level(
            "same",
            same("city", "postcode"),
            0.7,
            0.001,
            gettext_noop("the same town and postcode"),
        ),
        Level(
            "postcode",
            same("postcode"),
            0.1,
            0.002,
            gettext_noop("the same postcode, the town is written differently"),
        ),
        Level(
            "city",
            f"{same('city')} OR {alike('city', 0.9)}",
            0.12,
            0.02,
            gettext_noop("the same town"),
        ),
        Level("other", ELSE, 0.08, 0.977, DIFFERENT),
    ),
    told=f"{_STREET} AND {_NEAR_BY}",
)
SITE = Comparison(
    "site",
    ("site",),
    (
        Level("same", same("site"), 0.85, 0.0003, SAME),
        Level("spelled", edits("site", 2), 0.05, 0.0005, SPELLED),
        Level("other", ELSE, 0.1, 0.999, DIFFERENT),
    ),
)

COMPARISONS = (
    SURNAME,
    GIVEN,
    NAME,
    FORM,
    EMAIL,
    PHONE,
    TAX,
    BORN,
    ADDRESS,
    ADDRESS_2,
    TOWN,
    SITE,
)


def compared(filled: frozenset[str]) -> tuple[Comparison, ...]:
    """Return the comparisons for which any record has something."""
    return tuple(c for c in COMPARISONS if filled.issuperset(c.columns))


RULES_VERSION = hashlib.md5(repr(COMPARISONS).encode(), usedforsecurity=False).hexdigest()[:12]
