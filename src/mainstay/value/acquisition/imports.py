"""The import of channel costs by month, all in one step."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.customers.imports.kinds import Column, Counts, Kind, Shaped, Step, Work
from mainstay.engine.staging.fields import Field, Type

from . import actions, queries

LARGEST = 1e12
# How a month may be written, with what makes it 2026-03: year first, year last, a whole day.
MONTHS = (
    (r"^(\d{4})[-./](\d{1,2})([-./]\d{1,2}([ T].*)?)?$", r"\1-\2-1"),
    (r"^(\d{1,2})[-./](\d{4})$", r"\2-\1-1"),
    (r"^\d{1,2}\.(\d{1,2})\.(\d{4})$", r"\2-\1-1"),
    (r"^(\d{4})年(\d{1,2})月$", r"\1-\2-1"),
)
NAMED = "['%b %Y', '%B %Y', '%Y%m']"

COLUMNS = (
    Column(
        field=Field("channel", required=True, max_length=80),
        label=_("Channel"),
        help=_("A new name is added."),
        words=("channel", "source", "medium", "kanał", "канал", "渠道"),
    ),
    Column(
        field=Field("campaign", max_length=120),
        label=_("Campaign"),
        help=_("Empty: a cost of the channel as a whole."),
        words=("campaign", "kampania", "кампания", "活动"),
    ),
    Column(
        field=Field("month", required=True, max_length=40),
        label=_("Month"),
        help=_("Such as 2026-03, 03/2026 or any day of the month."),
        words=(
            "month",
            "date",
            "period",
            "miesiąc",
            "data",
            "okres",
            "месяц",
            "дата",
            "月份",
            "月",
        ),
    ),
    Column(
        field=Field("cost", Type.NUMBER, required=True, high=LARGEST),
        label=_("Cost"),
        help=_("In the company's currency."),
        words=(
            "cost",
            "amount",
            "spend",
            "budget",
            "koszt",
            "kwota",
            "стоимость",
            "расход",
            "费用",
        ),
    ),
    Column(
        field=Field("note", max_length=200),
        label=_("For what"),
        words=("for what", "note", "comment", "opis", "uwagi", "примечание", "备注"),
    ),
)


def _month() -> str:
    """Return the expression of a month's first day; null where it says none."""
    written = [
        f"TRY_CAST(CASE WHEN regexp_matches(month, '{pattern}') THEN "
        f"regexp_replace(month, '{pattern}', '{first}') END AS DATE)"
        for pattern, first in MONTHS
    ]
    named = f"CAST(date_trunc('month', try_strptime(month, {NAMED})) AS DATE)"
    return f"coalesce({', '.join(written)}, {named})"


SHAPE = f"""
    SELECT *, CASE
        WHEN day IS NULL THEN 'month' WHEN year(day) NOT BETWEEN 1900 AND 2199 THEN 'month'
        WHEN cost < 0 THEN 'negative_cost' WHEN place > 1 THEN 'month_twice' END AS problem
    FROM (
        SELECT *, row_number() OVER (PARTITION BY channel, campaign, day ORDER BY line DESC)
            AS place
        FROM (SELECT *, {_month()} AS day FROM input)
    )
"""  # noqa: S608  our own expressions
REFUSED = """
    SELECT line, CASE problem WHEN 'negative_cost' THEN 'cost' ELSE 'month' END AS field,
        '' AS "column", CASE problem WHEN 'negative_cost' THEN CAST(cost AS VARCHAR) ELSE month END
        AS value, problem
    FROM shaped_costs WHERE problem IS NOT NULL
"""


class CostsWork(Work):
    def shape(self) -> Shaped:
        """Keep the last cost of each channel, campaign and month; refuse what is none."""
        there = self.bench.columns("rows")
        texts = ", ".join(
            f"coalesce(trim({name}), '') AS {name}" if name in there else f"'' AS {name}"
            for name in ("channel", "campaign", "note", "month")
        )
        columns = f'SELECT line, cost, {texts} FROM "rows"'  # noqa: S608  our own names
        self.bench.run(f"CREATE OR REPLACE VIEW input AS {columns}")
        self.bench.save("shaped_costs", SHAPE)
        self.bench.save("refused_later", REFUSED)
        minor = f"CAST(round(cost * {10**self.context.digits}) AS BIGINT) AS minor"
        given = f"SELECT channel, campaign, day, note, {minor} FROM shaped_costs"  # noqa: S608
        self.bench.save("costs_given", f"{given} WHERE problem IS NULL ORDER BY line")
        return Shaped(totals={"channel_costs": self._count()})

    def _count(self) -> int:
        return self.bench.number("SELECT count(*) FROM costs_given")

    def reopen(self) -> None:
        self.bench.show("costs_given")

    def steps(self) -> list[Step]:
        return [Step("channel_costs", 0, self._count())]

    def take(self, step: Step, *, write: bool) -> Counts:
        names = "channel, campaign, day, minor, note"
        rows = [_row(*row) for row in self.bench.rows(f"SELECT {names} FROM costs_given")]  # noqa: S608
        if write:
            told = actions.record_costs(by=self.context.by, now=self.context.now, rows=rows)
        else:
            told = queries.compared(rows)
        counts = {"new": told["added"], "changed": told["changed"], "same": told["unchanged"]}
        return {"channel_costs": counts}


def _row(channel: str, campaign: str, day: date, minor: int, note: str) -> dict[str, Any]:
    return {
        "channel": channel,
        "campaign": campaign,
        "month": day,
        "amount_minor": minor,
        "note": note,
    }


CHANNEL_COSTS = Kind(
    key="channel_costs",
    order=5,
    label=_("Costs of channels"),
    text=_("One row per channel and month: what was paid to win customers that way."),
    icon="megaphone",
    permission="acquisition.edit",
    columns=COLUMNS,
    work=CostsWork,
    url_name="value:channels",
)
