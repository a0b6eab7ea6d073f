"""Compare an import of orders with the database and write the difference, a step at a time."""

from mainstay.customers.actions import bulk as customers
from mainstay.customers.imports.kinds import (
    LINES_IN_A_PIECE,
    ROWS_IN_A_PIECE,
    Counts,
    Shaped,
    Step,
    Work,
)
from mainstay.orders import queries
from mainstay.orders.actions import bulk, bulk_returns
from mainstay.orders.imports import mirroring, shape

FILES = ("product_list", "customer_list", "order_list", "lines", "ties", "untied")
TIES_AT_ONCE = 50_000
EARLIER_AT_ONCE = 5_000


class OrdersWork(Work):
    _knows_customers = _knows_products = False
    _laid_out: Step | None = None

    def shape(self) -> Shaped:
        self.bench.take("rates", queries.rates_table())
        return shape.shape(self.bench, self.context)

    def reopen(self) -> None:
        for name in FILES:
            self.bench.show(name)

    def steps(self) -> list[Step]:
        """Customers and products first, then orders with their lines, then the ties of returns:
        to orders of the file, then to those of earlier imports."""
        rows = self.bench.rows(
            "SELECT min(order_no), max(order_no) FROM (SELECT order_no, "
            "(sum(line_count) OVER (ORDER BY order_no) - line_count)::BIGINT "
            f"// {LINES_IN_A_PIECE} AS piece FROM order_list) GROUP BY piece ORDER BY 1"
        )
        return [
            *self._even("customers", "customer_list", ROWS_IN_A_PIECE),
            *self._even("products", "product_list", ROWS_IN_A_PIECE),
            *(Step("orders", low, high) for low, high in rows),
            *self._even("ties", "ties", TIES_AT_ONCE),
            *self._even("earlier", "untied", EARLIER_AT_ONCE),
        ]

    def _even(self, part: str, name: str, size: int) -> list[Step]:
        count = self.bench.number(f'SELECT count(*) FROM "{name}"')
        return [Step(part, low, min(low + size, count)) for low in range(0, count, size)]

    def guards_references(self, step: Step) -> bool:
        return step.part == "orders"

    def prepare(self, step: Step) -> None:
        if step.part == "orders" and self._laid_out != step:
            self._know_references()
            bulk.lay_out(self.bench, self.context, step)
            self._laid_out = step

    def forget(self) -> None:
        self._knows_customers = self._knows_products = False
        self._laid_out = None

    def take(self, step: Step, *, write: bool) -> Counts:
        if step.part in ("orders", "earlier"):
            self._know_references()
        match step.part:
            case "customers":
                return self._customers(step, write)
            case "products":
                return self._products(step, write)
            case "ties":
                return bulk_returns.tie_named(self.bench, self.context, step, write=write)
            case "earlier":
                return bulk_returns.tie_to_earlier(self.bench, self.context, step, write=write)
        self.prepare(step)
        counts = bulk.take_orders(self.bench, self.context, write=write)
        if write:
            mirroring.keep_changes(self.bench, self.context, step)
        return counts

    def _customers(self, step: Step, write: bool) -> Counts:
        """Add the customers that the source has not named before; known ones stay as they are."""
        self._knows_customers = False
        wanted = self.bench.arrow(
            "SELECT * FROM customer_list ORDER BY customer LIMIT ? OFFSET ?",
            [step.high - step.low, step.low],
        )
        known = customers.reference_ids(
            source_id=self.context.source_id, references=wanted["customer"].to_pylist()
        )
        self.bench.take("_known", known)
        self.bench.take("_wanted", wanted)
        new = self.bench.arrow(
            "SELECT customer AS reference, name, country FROM _wanted WHERE customer NOT IN "
            "(SELECT reference FROM _known) ORDER BY 1"
        )
        if write:
            customers.add_referenced(
                source_id=self.context.source_id, rows=new, now=self.context.now
            )
        return {"customers": {"new": new.num_rows, "same": wanted.num_rows - new.num_rows}}

    def _products(self, step: Step, write: bool) -> Counts:
        self._knows_products = False
        wanted = self.bench.arrow(
            (
                "SELECT code, left(name, 200) AS name FROM product_list ORDER BY product_no LIMIT "
                "? OFFSET ?"
            ),
            [step.high - step.low, step.low],
        )
        known = bulk.product_ids(self.context.source_id, wanted["code"].to_pylist())
        self.bench.take("_known", known)
        self.bench.take("_wanted", wanted)
        new = self.bench.arrow("SELECT * FROM _wanted WHERE code NOT IN (SELECT code FROM _known)")
        if write:
            bulk.add_products(self.context, new)
        return {"products": {"new": new.num_rows, "same": wanted.num_rows - new.num_rows}}

    def _know_references(self) -> None:
        """Look up once what customers and products are called in the database."""
        if not self._knows_customers:
            references = self.bench.arrow("SELECT customer FROM customer_list")["customer"]
            known = customers.reference_ids(
                source_id=self.context.source_id, references=references.to_pylist()
            )
            self.bench.take("customer_ids", known)
            self._knows_customers = True
        if not self._knows_products:
            listed = self.bench.arrow("SELECT code FROM product_list")["code"].to_pylist()
            self.bench.take("_codes", bulk.product_ids(self.context.source_id, listed))
            self.bench.run(
                "CREATE OR REPLACE TABLE product_ids AS SELECT product_no, id, unit_cost FROM "
                "product_list JOIN _codes USING (code)"
            )
            self._knows_products = True

    def finish(self) -> None:
        mirroring.send(self.bench, self.context, self.steps())
