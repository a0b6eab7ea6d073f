"""What is still to be won: purchases that go elsewhere."""

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.shared.templatetags.figures import money_short, number, percent
from mainstay.value.gaps import presenters
from mainstay.value.presenters.explained import explain

from .block import Ask, Block, Chapter
from .queries import Facts


def chapter(facts: Facts) -> Chapter:
    return Chapter(_("What is still to be won"), [_gaps(facts)])


def _gaps(facts: Facts) -> Block:
    title, rows = _("Gaps and share of wallet"), facts.markets
    if not rows:
        text = _(
            "Nobody has noted what customers buy elsewhere. Open a customer and note its wallet."
        )
        return Block("gaps", title, ask=Ask(text, _("Gaps"), reverse("value:gaps")))
    sums = {key: sum(row[key] or 0 for row in rows) for key in ("wallet", "sales", "current")}
    n = sum(row["customers"] for row in rows)
    lead = _(
        "In %(markets)s product markets %(n)s wallets are known: %(wallet)s a year, %(share)s of it"
        " from us. %(gap)s goes elsewhere."
    ) % {
        "markets": number(len(rows)),
        "n": number(n),
        "wallet": money_short(sums["wallet"], facts.unit),
        "share": percent(sums["sales"] / sums["wallet"] if sums["wallet"] else None),
        "gap": money_short(sums["current"], facts.unit),
    }
    told = explain(
        facts.run,
        n=n,
        method=_("Estimated yearly purchases of a customer in a market less what it bought here."),
        note=_("Only wallets that somebody estimated are counted."),
    )
    told["n"] = _("%(n)s estimates of wallets") % {"n": number(n)}
    chart, url = presenters.chart(rows, facts.unit), reverse("value:gaps")
    return Block("gaps", title, lead, chart=chart, explain=told, url=url)
