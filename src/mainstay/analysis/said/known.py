"""What analysis and the engine say in English, with marks for what varies.

Who shows it translates it sentence by sentence; a text that holds none of them is shown as it
came. A test fails when analysis learns a sentence that is not here.
"""

import re
from collections.abc import Callable
from functools import cache

from mainstay.analysis.said.costs import COSTS
from mainstay.analysis.said.losses import LOSSES
from mainstay.analysis.said.marks import gettext_noop
from mainstay.analysis.said.models import MODELS
from mainstay.analysis.said.relations import RELATIONS

SENTENCES = (
    # models that cannot be fitted
    gettext_noop("There are no customers, so there is nothing to estimate."),
    gettext_noop(
        "No customer has bought a second time, so a rate of purchasing cannot be estimated."
        " Wait for repeat purchases or choose a longer period."
    ),
    gettext_noop(
        "Every customer was observed for a time of 0, so a rate of purchasing cannot be"
        " estimated. Choose a later end of the observation."
    ),
    gettext_noop(
        "The model did not converge on these data: the likelihood has no clear maximum."
        " Use more customers or a longer period, or check the units of frequency and time."
    ),
    gettext_noop(
        "No customer has a repeat purchase with spend above 0, so spend per purchase cannot be"
        " modelled. Wait for repeat purchases or check the amounts."
    ),
    gettext_noop(
        "All customers with repeat purchases spend %(amount)s on average, so there is no"
        " difference between customers to model. Use that amount as it is."
    ),
    gettext_noop(
        "A back-test needs %(n)s customers known before a holdout of at least"
        " %(least)s days; here are %(customers)s customers and %(days)s days."
    ),
    gettext_noop("There are no customers to compare. Choose an earlier split."),
    gettext_noop(
        "How busy the base was from month to month needs %(least)s days; only %(days)s were"
        " observed."
    ),
    gettext_noop("No customer has revenue above zero."),
    gettext_noop(
        "No line is a purchase by a known customer up to the as-of day, so there is no customer."
    ),
    # notes on fitted models
    gettext_noop(
        "No dropout identified: a model in which customers never leave explains these purchases"
        " equally well, so forecasts use it (NBD) and every customer counts as alive."
    ),
    gettext_noop(
        "Dropout is barely identified: a model in which customers never leave explains these"
        " purchases almost as well, so who has left is uncertain."
    ),
    gettext_noop(
        "%(n)s customers have repeat purchases at time 0. Merge purchases of one day into one"
        " occasion, or use a finer unit of time."
    ),
    gettext_noop("Purchase rates do not differ between customers by more than chance."),
    gettext_noop(
        "The probability of dropout does not differ between customers by more than chance."
    ),
    gettext_noop("Average spend does not differ between customers by more than chance."),
    gettext_noop("Each customer spends the same at every purchase."),
    gettext_noop(
        "Average spend differs so widely between customers that the fitted distribution has no"
        " mean; customers without repeat purchases are given the observed average."
    ),
    # sources of order lines
    gettext_noop("There is nothing at %(text)s. Check the path of the Parquet files."),
    gettext_noop("“%(text)s” names no known source. Write duckdb://… or parquet:/path."),
    gettext_noop("There is no database file %(text)s. Check the path."),
    gettext_noop("%(text)s is not a DuckDB database, or another program holds it."),
    gettext_noop("The database has no table “%(text)s”."),
    gettext_noop("There are no Parquet files to read."),
    gettext_noop("There are no Parquet files for “%(text)s” in %(folder)s."),
    gettext_noop("%(text)s is damaged or not a Parquet file. Write it again."),
    gettext_noop("The order lines have no column %(text)s; map it first."),
    gettext_noop("The column %(text)s holds %(kind)s; it must hold %(wanted)s. Convert it first."),
    gettext_noop("The data cannot be worked on (%(text)s). Write the file again."),
    gettext_noop(
        "The data need more memory or temporary space than there is. Free some, or split it."
    ),
    # runs
    gettext_noop("Cancelled."),
    gettext_noop("The program that computed this run ended before it was done. Start a new run."),
    *MODELS,
    *COSTS,
    *RELATIONS,
    *LOSSES,
)
MARK = re.compile(r"%\((\w+)\)s")
# Marks for words; the others catch figures.
FREE = {"text", "kind", "folder", "wanted", "other"}


def translated(
    text: str, *, gettext: Callable[[str], str], figure: Callable[[str, str], str]
) -> str:
    """Return a text of known sentences in another language.

    `figure` writes what a mark caught, given the mark's name; words are left as they are.
    """
    found, rest = [], text.strip()
    while rest and (first := _first(rest)):
        sentence, match = first
        words = {
            name: value if name in FREE else figure(name, value)
            for name, value in match.groupdict().items()
        }
        found.append(gettext(sentence) % words if words else gettext(sentence))
        rest = rest[match.end() :].strip()
    return " ".join([*found, rest] if rest else found)


def is_known(text: str) -> bool:
    """Tell whether the text consists of known sentences."""
    rest = text.strip()
    while rest and (first := _first(rest)):
        rest = rest[first[1].end() :].strip()
    return not rest


def _first(text: str) -> tuple[str, re.Match[str]] | None:
    for sentence, pattern in _patterns():
        if match := pattern.match(text):
            return sentence, match
    return None


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(sentence, re.compile(_expression(sentence), re.I)) for sentence in SENTENCES]


def _expression(sentence: str) -> str:
    """Return the sentence as a pattern whose marks catch figures or free text."""
    parts = MARK.split(sentence)
    caught: Callable[[str], str] = lambda name: ".+?" if name in FREE else "[0-9][0-9.,e+]*"  # noqa: E731
    return "".join(
        f"(?P<{part}>{caught(part)})" if place % 2 else re.escape(part)
        for place, part in enumerate(parts)
    )
