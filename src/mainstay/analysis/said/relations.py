"""What the analysis of new customers and of cohorts says, with marks for what varies."""

from mainstay.analysis.said.marks import gettext_noop

RELATIONS = (
    gettext_noop("The cost is %(text)s. Give 0 or more; a refund lowers its own month."),
    gettext_noop("The cohort “%(text)s” ends before it begins. Swap its months."),
    gettext_noop(
        "The cohorts “%(text)s” and “%(other)s” overlap, so customers would count twice. Let one"
        " end before the other begins."
    ),
)
