"""What analysis and the engine say in English, in the reader's language."""

from decimal import Decimal

from django.utils.translation import gettext

from mainstay.analysis import said
from mainstay.shared.templatetags.figures import money_round, number


def translated(text: str, *, currency: str = "") -> str:
    """Return a text of known sentences in the reader's language; amounts are in `currency`."""

    def figure(name: str, value: str) -> str:
        amount = Decimal(value)
        return money_round(amount, currency) if name == "amount" and currency else number(amount)

    return said.translated(text, gettext=gettext, figure=figure)
