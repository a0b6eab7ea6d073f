"""How far to trust all this: the forecast beside what happened, and what does not count."""

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.shared.templatetags.figures import number, percent
from mainstay.value.presenters import charts, overview
from mainstay.value.presenters.explained import cards

from .block import Ask, Block, Chapter, Table
from .queries import Facts


def chapter(facts: Facts) -> Chapter:
    return Chapter(_("How far to trust it"), [_back_test(facts), _left_out(facts)])


def _back_test(facts: Facts) -> Block:
    title, run = _("Back-test on your own data"), facts.run
    url = reverse("value:models")
    if not facts.summary.get("back_test"):
        text = _("No back-test was possible, so the forecast is untested on your own data.")
        return Block("back_test", title, ask=Ask(text, _("Which model"), url))
    columns = [_("Forecast by"), _("Forecast"), _("Actual"), _("Off by"), "MAE", "RMSE"]
    return Block(
        "back_test",
        title,
        _off(facts),
        overview.back_test_words(run),
        chart=charts.tracking(run),
        table=Table(columns, overview.back_test(run)),
        explain=cards(run)["back_test"],
        url=url,
    )


def _off(facts: Facts) -> str:
    """Return by how much the forecast of the hold-out was off."""
    tested = facts.summary["back_test"]
    bias = tested["errors"][0]["bias"]
    if bias is None:
        return ""
    lead = _("The forecast of the last %(days)s days was %(bias)s off in total.")
    return lead % {"days": number(tested["days"]), "bias": percent(bias / 100, 1)}


def _left_out(facts: Facts) -> Block:
    counts = facts.summary["counts"]
    lead = _("%(counted)s of %(all)s order lines count.") % {
        "counted": number(counts["counted"]),
        "all": number(counts["lines"]),
    }
    rows = overview.left_out(facts.run)
    table = Table([_("Reason"), _("Number"), _("Amount")], rows) if rows else None
    return Block("left_out", _("What does not count, and why"), lead, table=table)
