"""What the analysis of costs and margins says, with marks for what varies."""

from mainstay.analysis.said.marks import gettext_noop

COSTS = (
    gettext_noop("%(text)s costs money but has no driver; say what drives it."),
    gettext_noop("The cost of %(text)s is negative; a cost is zero or more."),
    gettext_noop(
        "%(text)s has hours without minutes per unit, or the reverse; give both or neither."
    ),
    gettext_noop("The times of %(text)s must be above zero."),
    gettext_noop("Two activities have the same key; give each its own."),
    gettext_noop("The bound of ++ must lie between 0 and 1, such as 0.10."),
    gettext_noop("A driver's quantity is negative or no number; correct it and try again."),
    gettext_noop("Give between 1 and %(n)s years."),
    gettext_noop("The discount rate must be above −100 % a year."),
    gettext_noop("Year %(n)s: revenue and costs must be numbers of zero or more."),
    gettext_noop("Year %(n)s: the probability of staying lies between 0 and 1."),
    gettext_noop("Year %(n)s: the share of variable cost must be zero or more."),
    gettext_noop("The retention rate must be at least 0 % and below 100 %."),
    gettext_noop("A relationship lasts at least one year here."),
    gettext_noop("The credited share lies between 0 and 100 %."),
    gettext_noop("The discount rate is %(text)s a year. Give one above −1, such as 0.1."),
    gettext_noop("A retention of %(text)s is none. Give a share above 0 and up to 1."),
    gettext_noop("A margin of %(text)s is none. Give a share of revenue."),
    gettext_noop("The gross margin is not above zero, so there is no value that could be moved."),
    gettext_noop("The forecast is too short for a retention, so that cannot be moved."),
    gettext_noop("There is no activity %(text)s with a cost that could be moved."),
)
