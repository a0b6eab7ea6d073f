"""What the customers are worth: lifetime values, and how their sum moved."""

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.shared.templatetags.figures import money_short, percent
from mainstay.value import queries
from mainstay.value.movements import presenters as movements
from mainstay.value.presenters import charts
from mainstay.value.presenters.changes import changes
from mainstay.value.presenters.explained import equity

from .block import Ask, Block, Chapter
from .customers import at_risk
from .queries import Facts


def chapter(facts: Facts) -> Chapter:
    blocks = [_clv(facts), _bridge(facts)] if facts.money else [_moves(facts)]
    return Chapter(_("What they are worth"), [*blocks, at_risk(facts)])


def _clv(facts: Facts) -> Block:
    title, total = _("Customer lifetime value"), queries.equity(facts.summary)
    chart = charts.clv(facts.run)
    if total is None or chart is None:
        text = _("Too few customers bought again for a forecast. It comes with more history.")
        return Block("clv", title, ask=Ask(text, _("Which model"), reverse("value:models")))
    ends = facts.summary["expected"]["equity_minor"]
    spread = facts.summary["clv"]["quantiles"]
    lead = _(
        "All customers together are worth %(total)s (%(low)s to %(high)s); half of them less than"
        " %(median)s each."
    ) % {
        "total": money_short(total, facts.unit),
        "low": money_short(ends["low"], facts.unit),
        "high": money_short(ends["high"], facts.unit),
        "median": money_short(spread["50"], facts.unit),
    }
    return Block("clv", title, lead, chart=chart, explain=equity(facts.run).explain or {})


def _bridge(facts: Facts) -> Block:
    title, before = _("Movement since the last run"), facts.summary.get("before")
    if not before:
        return _first(title)
    told = changes(facts.run, money=True)
    chart = movements.bridge(before, facts.unit)
    lead = _("Since %(day)s:") % {"day": told.as_of} + " " if told else ""
    if parts := before.get("bridge"):
        change = (parts["now"]["minor"] - parts["before"]["minor"]) / parts["before"]["minor"]
        sign = "+" if change >= 0 else ""
        lead += _("customer equity %(change)s.") % {"change": sign + percent(change, 1)} + " "
    lead += " · ".join(told.moves) if told else ""
    url = reverse("value:equity")
    return Block("bridge", title, lead, chart=chart, explain=_method(facts), url=url)


def _method(facts: Facts) -> dict[str, str]:
    told = equity(facts.run).explain or {}
    text = _("Sum of the lifetime values of all customers, taken apart by what became of each.")
    return {**told, "method": text}


def _moves(facts: Facts) -> Block:
    """Return who moved, for readers who do not see money."""
    title, told = _("Movement since the last run"), changes(facts.run, money=False)
    if told is None:
        return _first(title)
    lead = _("Since %(day)s:") % {"day": told.as_of} + " " + " · ".join(told.moves)
    return Block("bridge", title, lead, url=reverse("value:equity"))


def _first(title: str) -> Block:
    text = _("This is the first run. Compute the next one in a week or a month to see who moved.")
    return Block("bridge", title, ask=Ask(text, _("Runs"), reverse("value:runs")))
