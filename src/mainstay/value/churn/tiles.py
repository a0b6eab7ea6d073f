"""Figures of lost customers that explain themselves."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from mainstay.analysis.numerics.intervals import Estimate
from mainstay.analysis.value import churn_rates, retention
from mainstay.shared.templatetags.figures import day, money_round, money_short, number, percent
from mainstay.value.models import RunPart
from mainstay.value.presenters.explained import Tile, customers_counted

from . import money
from .rules import POINTS_CLAIMED, PROFIT_CLAIMED

POINTS_SHOWN = (0.01, 0.02, POINTS_CLAIMED)


class Line(NamedTuple):
    """A line of a table: a name, where it leads, and figures."""

    name: str
    url: str
    figures: tuple[str, ...]


def with_interval(found: Estimate | None) -> str:
    """Return a share with its interval, or a dash."""
    if found is None:
        return "–"
    ends = {"low": percent(found.low, 1), "high": percent(found.high, 1)}
    return f"{percent(found.value, 1)} ({_('%(low)s to %(high)s') % ends})"


def money_span(found: Estimate, unit: str) -> str:
    ends = {"low": money_short(found.low, unit), "high": money_short(found.high, unit)}
    return _("%(low)s to %(high)s") % ends


def points(share: float) -> str:
    """Return points of retention: 1, 0.5, 1.65."""
    value = round(share * 100, 2)
    return number(value, next(places for places in (0, 1, 2) if value == round(value, places)))


@dataclass(frozen=True)
class Figures:
    """The figures of a part, for readers who may see money or not."""

    part: RunPart
    policy: dict[str, Any]
    margin: float
    rule: str  # in words
    may_see_money: bool

    @property
    def unit(self) -> str:
        return str(self.policy["currency"])

    @property
    def year(self) -> money.Year:
        return money.year(self.part.content, self.policy)

    @property
    def worth(self) -> money.Worth | None:
        return money.worth(self.part.content, self.policy) if self.may_see_money else None

    def span(self) -> tuple[date, date]:
        """Return the first day of the twelve months measured, and the day after their last."""
        told = self.part.content["year"]
        return date.fromisoformat(told["start"]), date.fromisoformat(told["end"])

    def explain(self, n: int, **facts: str) -> dict[str, str]:
        known = {"n": customers_counted(n), "as_of": day(self.part.run.as_of), "note": self.rule}
        return {**known, **facts}

    def tiles(self) -> list[Tile]:
        """Return the figures at the top."""
        year = self.year
        found = [self._lost(year), self._rate(year), self._kept(year), self._back(year)]
        if self.may_see_money:
            found += [self._value(year), self._lifetime(year)]
        return found

    def _lost(self, year: money.Year) -> Tile:
        start, end = self.span()
        method = _("Customers on %(start)s who were lost before %(end)s.")
        facts = self.explain(year.customers, method=method % {"start": day(start), "end": day(end)})
        hint = _("of %(n)s in twelve months") % {"n": number(year.customers)}
        return Tile(_("Customers lost"), number(year.lost), "user-round-x", hint, facts)

    def _rate(self, year: money.Year) -> Tile:
        method = _("Customers lost in twelve months ÷ customers at their start.")
        return self._share(year, _("Churn rate a year"), "percent", method, year.rate)

    def _kept(self, year: money.Year) -> Tile:
        kept = None
        if year.rate is not None:
            kept = Estimate(1 - year.rate.value, 1 - year.rate.high, 1 - year.rate.low)
        method = _("Customers at the start of the twelve months who were not lost in them ÷ all.")
        return self._share(year, _("Retention a year"), "heart-handshake", method, kept)

    def _share(
        self, year: money.Year, label: str, icon: str, method: str, found: Estimate | None
    ) -> Tile:
        counts = {"lost": number(year.lost), "n": number(year.customers)}
        inputs = _("%(lost)s lost of %(n)s") % counts
        facts = self.explain(year.customers, method=method, inputs=inputs)
        if found is None:
            hint = _("fewer than %(n)s customers: counts only") % {"n": churn_rates.FEW}
            return Tile(label, "–", icon, hint, facts)
        ends = {"low": percent(found.low, 1), "high": percent(found.high, 1)}
        span = _("%(low)s to %(high)s") % ends
        facts["interval"] = _("%(level)s: %(span)s (Wilson)") % {
            "level": percent(money.LEVEL),
            "span": span,
        }
        return Tile(label, percent(found.value, 1), icon, span, facts)

    def _back(self, year: money.Year) -> Tile:
        facts = self.explain(
            year.lost,
            method=_(
                "Of the customers lost in these twelve months, how many bought again before their"
                " end."
            ),
        )
        hint = _("of those lost in the year")
        return Tile(_("Came back"), number(year.back), "undo-2", hint, facts)

    def _value(self, year: money.Year) -> Tile:
        facts = self.explain(
            year.lost,
            method=_(
                "Customers lost × value of one a year: the gross margin of each one's last twelve"
                " active months, summed."
            ),
        )
        if year.yearly:
            counts = {"lost": number(year.lost), "value": money_round(year.yearly.value, self.unit)}
            facts["inputs"] = _("%(lost)s customers × %(value)s") % counts
            facts["interval"] = _("%(level)s for the mean: %(span)s") % {
                "level": percent(money.LEVEL),
                "span": money_span(year.yearly, self.unit),
            }
        amount = money_short(year.lost_minor, self.unit)
        return Tile(_("Cost of churn"), amount, "banknote-x", _("of margin a year"), facts)

    def _lifetime(self, year: money.Year) -> Tile:
        terms = {"kept": percent(1 - year.churn, 1), "rate": percent(year.discount_rate, 1)}
        facts = self.explain(
            year.lost,
            method=_(
                "Yearly value lost × Σ (retention ÷ (1 + discount rate))^t, t = 0 … %(last)s: what"
                " those lost would have brought, kept for this year and then staying like others."
            )
            % {"last": year.years - 1},
            inputs=_("retention %(kept)s, discount rate %(rate)s a year") % terms,
        )
        hint = _("present value over %(years)s years") % {"years": year.years}
        amount = money_short(year.lifetime_minor, self.unit)
        return Tile(_("Lifetime value lost"), amount, "hourglass", hint, facts)

    def point(self, worth: money.Worth, share: float = retention.POINT) -> Tile:
        """Return what a rise of retention is worth here."""
        base = worth.base
        gain = retention.gain_with_interval(base, share, level=money.GAIN_LEVEL)
        inputs = {
            "worth": money_short(base.worth, self.unit),
            "kept": percent(base.retention, 1),
            "rate": percent(base.discount_rate, 1),
        }
        facts = self.explain(
            int(base.customers),
            method=_(
                "W × (A(r + change) ÷ A(r) − 1), A(r) = Σ (r ÷ (1 + discount rate))^t over"
                " %(years)s years. W is today's number of customers × the yearly value of one lost"
                " × A(r): whoever is kept is taken to be like those lost."
            )
            % {"years": base.years},
            inputs=_("W %(worth)s, retention r %(kept)s, discount rate %(rate)s a year") % inputs,
            interval=_("%(level)s: %(span)s; for the retention measured and the mean value lost")
            % {"level": percent(money.GAIN_LEVEL), "span": money_span(gain, self.unit)},
        )
        label = _("One point of retention is worth")
        hint = _("%(span)s over %(years)s years") % {
            "span": money_span(gain, self.unit),
            "years": base.years,
        }
        return Tile(label, money_short(gain.value, self.unit), "trending-up", hint, facts)

    def worth_tiles(self, worth: money.Worth) -> list[Tile]:
        """Return what the worth of retention stands on, and one point of it."""
        year = self.year
        return [self._kept(year), self._one(year), self.point(worth)]

    def _one(self, year: money.Year) -> Tile:
        mean = year.yearly or Estimate(0.0, 0.0, 0.0)
        span = money_span(mean, self.unit)
        facts = self.explain(
            year.lost,
            method=_("Gross margin of the last twelve active months, mean of those lost."),
            interval=_("%(level)s: %(span)s") % {"level": percent(money.LEVEL), "span": span},
        )
        label = _("Yearly value of one lost")
        return Tile(label, money_short(mean.value, self.unit), "banknote-x", span, facts)

    def gains(self, worth: money.Worth) -> list[Line]:
        """Return what points of retention would bring here, beside the claim."""
        lines = []
        for share in POINTS_SHOWN:
            gain = retention.gain_with_interval(worth.base, share, level=money.GAIN_LEVEL)
            ends = "–".join(percent(each) for each in PROFIT_CLAIMED)
            figures = (
                money_round(gain.value, self.unit),
                money_span(gain, self.unit),
                percent(gain.value / worth.whole, 1),
                ends if share == POINTS_CLAIMED else "",
            )
            lines.append(Line(points(share), "", figures))
        return lines

    def formulas(self) -> list[Line]:
        """Return the two formulas of the lectures with this company's numbers."""
        year, unit = self.year, self.unit
        found = money.formulas(year, margin=self.margin)
        yearly = money_round(found.lost_times_value / year.lost if year.lost else 0, unit)
        factors = (
            money_round(found.lifetime, unit),
            number(year.customers),
            percent(year.churn, 1),
            percent(found.margin, 1),
        )
        return [
            Line(
                _("customers lost × value a year"),
                "",
                (f"{number(year.lost)} × {yearly}", money_round(found.lost_times_value, unit)),
            ),
            Line(
                _("lifetime value × customers × churn rate × margin"),
                "",
                (" × ".join(factors), money_round(found.lifetime_times_churn, unit)),
            ),
        ]

    def formula_note(self) -> str:
        """Return what is taken as lifetime value in the second formula."""
        text = _(
            "Lifetime value here is the revenue of a customer a year × the years it stays, 1 ÷"
            " churn rate, but not more than %(years)s."
        )
        return text % {"years": self.year.years}
