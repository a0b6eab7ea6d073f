"""What models say of bases that are few, and of opportunities to buy."""

from mainstay.analysis.said.marks import gettext_noop

MODELS = (
    gettext_noop(
        "There is only one customer, so it cannot be seen how customers differ. Give the histories"
        " of many; a few hundred make a fit worth having."
    ),
    gettext_noop(
        "Only one customer has repeat purchases with spend above 0, so it cannot be seen how"
        " customers differ. Give the averages of many."
    ),
    # opportunities to buy
    gettext_noop(
        "No dropout identified: a model in which customers never leave explains these purchases"
        " equally well, so every customer counts as alive."
    ),
    gettext_noop(
        "The probability of a purchase does not differ between customers by more than chance."
    ),
    gettext_noop(
        "No customer has taken an opportunity, so how often they do cannot be estimated. Wait for"
        " repeat purchases or choose a longer period."
    ),
    gettext_noop(
        "Every customer has taken every opportunity, so neither pauses nor dropout can be"
        " estimated. Wait for more opportunities."
    ),
)
