"""Exchange rates from a file, all in one step."""

from decimal import Decimal

from mainstay.customers.imports.kinds import Counts, Shaped, Step, Work
from mainstay.engine.staging.bench import literal
from mainstay.orders import actions, queries
from mainstay.orders.exchange import PLACES


class RatesWork(Work):
    def shape(self) -> Shaped:
        """Keep the last rate of each currency and day; refuse the others."""
        local = f"timezone({literal(self.context.zone)}, timezone('UTC', day))"
        self.bench.save(
            "rates_given",
            f"SELECT * FROM (SELECT line, upper(currency) AS currency, CAST({local} AS DATE) AS "
            'day, rate FROM "rows") QUALIFY row_number() OVER (PARTITION BY currency, day '
            "ORDER BY line DESC) = 1",
        )
        self.bench.save(
            "refused_later",
            "SELECT line, 'day' AS field, '' AS \"column\", currency AS value, 'repeated' AS "
            'problem FROM "rows" ANTI JOIN rates_given USING (line)',
        )
        return Shaped(totals={"rates": self.bench.number("SELECT count(*) FROM rates_given")})

    def reopen(self) -> None:
        self.bench.show("rates_given")

    def steps(self) -> list[Step]:
        return [Step("rates", 0, self.bench.number("SELECT count(*) FROM rates_given"))]

    def take(self, step: Step, *, write: bool) -> Counts:
        rows = self.bench.rows("SELECT currency, day, rate FROM rates_given")
        given = {(name, day): round(Decimal(str(rate)), PLACES) for name, day, rate in rows}
        known = queries.rates_among({currency for currency, _day in given})
        new = {key: rate for key, rate in given.items() if key not in known}
        changed = {key: rate for key, rate in given.items() if known.get(key, rate) != rate}
        if write:
            rates = [(*key, rate) for key, rate in (new | changed).items()]
            actions.set_rates(by=self.context.by, now=self.context.now, rates=rates)
        same = len(given) - len(new) - len(changed)
        return {"rates": {"new": len(new), "changed": len(changed), "same": same}}
