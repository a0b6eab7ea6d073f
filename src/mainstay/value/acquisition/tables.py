"""The tables of new customers: by channel, by campaign, by quarter."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.shared.templatetags.figures import money_round, number
from mainstay.value.presenters.overview import customers_url

from .figures import NONE, Figure, amount, back_after, last_day, quarter, times

QUARTER = 3  # months


@dataclass(frozen=True)
class Line:
    """A channel, campaign or quarter with its figures and what to beware of."""

    name: str
    url: str
    figures: tuple[Figure, ...]
    doubts: tuple[str, ...] = ()


def channels(report: Any, names: dict[str, dict[int, str]], unit: str) -> list[Line]:
    rows = [(names["channel"].get(won.channel, "–"), won) for won in report.channels]
    return [
        Line(name, list_of(report, channel=won.channel), _figures(won, unit), _doubts(won))
        for name, won in sorted(rows, key=lambda pair: -pair[1].customers)
    ]


def campaigns(report: Any, names: dict[str, dict[int, str]], unit: str) -> list[Line]:
    rows = [
        (f"{names['campaign'].get(w.campaign, '–')} · {names['channel'].get(w.channel, '–')}", w)
        for w in report.campaigns
    ]
    return [
        Line(name, list_of(report, campaign=won.campaign), _figures(won, unit), _doubts(won))
        for name, won in sorted(rows, key=lambda pair: -pair[1].customers)
    ]


def cohorts(report: Any, unit: str) -> list[Line]:
    """Return the quarters, the latest first; those without customers and costs are left out."""
    spoken = [won for won in report.cohorts if won.customers or won.months]
    return [
        Line(
            quarter(won.cohort),
            customers_url(
                first_from=won.cohort.isoformat(),
                first_to=last_day(won.cohort, QUARTER).isoformat(),
            ),
            _figures(won, unit),
            (
                *_doubts(won),
                *([_("some may be old customers")] if report.may_be_old(won.cohort) else []),
            ),
        )
        for won in reversed(spoken)
    ]


def list_of(report: Any, **origin: Any) -> str:
    """Return the list of the customers that came by it in the period."""
    first, last = report.period
    return customers_url(
        **origin, first_from=first.isoformat(), first_to=last_day(last, 1).isoformat()
    )


def _figures(won: Any, unit: str) -> tuple[Figure, ...]:
    cost = Figure(money_round(won.cost, unit)) if won.is_known else NONE
    return (
        Figure(number(won.customers)),
        cost,
        amount(won.cac, unit),
        amount(won.each, unit),
        times(won.ratio),
        back_after(won.payback),
    )


def _doubts(won: Any) -> tuple[str, ...]:
    from mainstay.analysis.value.acquisition import FEW

    if not won.is_known:
        return (_("cost not known"),)
    found = []
    if missing := won.customers - won.counted:
        text = (
            ngettext(
                "%(n)s without a known channel or cost does not count",
                "%(n)s without a known channel or cost do not count",
                missing,
            )
            if won.cohort
            else ngettext(
                "%(n)s without a known cost does not count",
                "%(n)s without a known cost do not count",
                missing,
            )
        )
        found.append(text % {"n": number(missing)})
    if won.counted < FEW:
        found.append(_("fewer than %(n)s customers: counts only") % {"n": FEW})
    return tuple(found)
