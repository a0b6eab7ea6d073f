"""Quantities of activities' own drivers from a file: compared with what is known, then written."""

from mainstay.customers.actions import bulk as customers
from mainstay.customers.imports.kinds import ROWS_IN_A_PIECE, Counts, Shaped, Step, Work
from mainstay.engine.staging.bench import literal
from mainstay.orders import actions, queries

EXACT_TO = 6  # decimals: sums of the same rows are the same, in whichever order they were added


class QuantitiesWork(Work):
    def shape(self) -> Shaped:
        """Find activities and customers by their names, refuse the others, add up each day."""
        bench, here = self.bench, literal(self.context.zone)
        named = bench.arrow('SELECT DISTINCT customer FROM "rows"')["customer"].to_pylist()
        known = customers.reference_ids(source_id=self.context.source_id, references=named)
        bench.take("customer_ids", known)
        bench.take("activity_ids", queries.own_activities_table())
        today = self.context.now.isoformat()
        bench.save(
            "judged",
            "SELECT line, activity, customer, quantity, a.id AS activity_id, c.id AS customer_id, "
            f"CAST(timezone({here}, timezone('UTC', day)) AS DATE) AS day, "
            "CASE WHEN a.id IS NULL THEN 'activity' WHEN c.id IS NULL THEN 'customer' "
            f"WHEN timezone('UTC', day) > {literal(today)}::TIMESTAMPTZ THEN 'future' END AS fault "
            'FROM "rows" LEFT JOIN activity_ids a ON a.name = activity '
            "LEFT JOIN customer_ids c ON c.reference = customer",
        )
        bench.save(
            "refused_later",
            "SELECT line, CASE fault WHEN 'future' THEN 'day' ELSE fault END AS field, "
            "'' AS \"column\", CASE fault WHEN 'activity' THEN activity WHEN 'customer' "
            "THEN customer ELSE strftime(day, '%Y-%m-%d') END AS value, "
            "CASE fault WHEN 'customer' THEN 'unknown_customer' ELSE fault END AS problem "
            "FROM judged WHERE fault IS NOT NULL",
        )
        bench.save(
            "quantities",
            "SELECT row_number() OVER (ORDER BY activity_id, customer_id, day) AS no, * FROM ("
            f"SELECT activity_id, customer_id, day, round(sum(quantity), {EXACT_TO}) AS quantity, "
            "count(*) AS given FROM judged WHERE fault IS NULL GROUP BY ALL)",
        )
        total, added = bench.one("SELECT count(*), sum(given - 1)::BIGINT FROM quantities")
        return Shaped(notes={"added_up": added} if added else {}, totals={"quantities": total})

    def reopen(self) -> None:
        self.bench.show("quantities")

    def steps(self) -> list[Step]:
        last = self.bench.number("SELECT max(no) FROM quantities")
        size = ROWS_IN_A_PIECE
        return [Step("quantities", low, low + size - 1) for low in range(1, last + 1, size)]

    def take(self, step: Step, *, write: bool) -> Counts:
        rows = self.bench.rows(
            "SELECT activity_id, customer_id, day, quantity FROM quantities "
            "WHERE no BETWEEN ? AND ? ORDER BY no",
            [step.low, step.high],
        )
        given = {(activity, customer, day): quantity for activity, customer, day, quantity in rows}
        known = queries.quantities_among(given)
        new = {key: quantity for key, quantity in given.items() if key not in known}
        changed = {
            key: quantity for key, quantity in given.items() if known.get(key, quantity) != quantity
        }
        if write and (new or changed):
            context = self.context
            actions.set_quantities(by=context.by, now=context.now, quantities=new | changed)
        same = len(given) - len(new) - len(changed)
        return {"quantities": {"new": len(new), "changed": len(changed), "same": same}}
