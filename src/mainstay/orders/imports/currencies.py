"""Lines in other currencies than the company's: SQL expressions that cost nothing where the file
has no column for it."""

from mainstay.customers.imports.kinds import Context
from mainstay.engine.staging.bench import Bench, literal
from mainstay.orders.exchange import DAYS
from mainstay.shared import money

# Lines of an order that name another currency than its first line.
MIXED = (
    "INSERT INTO dropped SELECT line, 'currencies' FROM marked JOIN (SELECT order_key, "
    "min_by(currency, line) AS own FROM marked WHERE fate IS NULL GROUP BY 1 "
    "HAVING count(DISTINCT currency) > 1) USING (order_key) WHERE fate IS NULL AND currency <> own "
    "AND line NOT IN (SELECT line FROM dropped)"
)


def look(bench: Bench, context: Context) -> None:
    """List the currencies and days in the file for which no rate is known (see `rates`)."""
    if "currency" not in context.mapped:
        return
    bench.run(
        f"CREATE OR REPLACE TABLE unrated AS SELECT * FROM (SELECT DISTINCT {of_line(context)} AS "
        f"currency, {_local_day(context)} AS day FROM input) f "
        f"WHERE currency <> {literal(context.currency)} AND NOT EXISTS (SELECT 1 FROM rates r "
        f"WHERE r.currency = f.currency AND r.day <= f.day AND r.day > f.day - {DAYS})"
    )


def is_unrated(context: Context) -> str:
    """Return the condition that no rate is known for a line of the file."""
    if "currency" not in context.mapped:
        return "false"
    pair = f"({of_line(context)}, {_local_day(context)})"
    return f"{pair} IN (SELECT (currency, day) FROM unrated)"


def of_line(context: Context) -> str:
    """Return a line's currency; one that says nothing is in the company's."""
    own = literal(context.currency)
    return f"coalesce(upper(currency), {own})" if "currency" in context.mapped else own


def of_order(context: Context) -> str:
    return "min(currency)" if "currency" in context.mapped else literal(context.currency)


def scale(context: Context) -> str:
    """Return how many minor units make one."""
    if "currency" not in context.mapped:
        return str(10**context.digits)
    cases = "".join(
        f" WHEN {literal(code)} THEN {10**places}" for code, places in money.unusual_digits()
    )
    return f"CASE {of_line(context)}{cases} ELSE 100 END"


def day(context: Context) -> str:
    """Return a line's day in the company's zone as text."""
    return f"strftime({_local_day(context)}, '%Y-%m-%d')"


def _local_day(context: Context) -> str:
    return f"CAST(timezone({literal(context.zone)}, timezone('UTC', ordered_at)) AS DATE)"
