"""Compare an import of products with the database and write the difference."""

import pyarrow as pa

from mainstay.customers.imports.kinds import ROWS_IN_A_PIECE, Counts, Shaped, Step, Work
from mainstay.orders.actions import bulk_products


class ProductsWork(Work):
    def shape(self) -> Shaped:
        """Keep the last row of each code; refuse the others by name."""
        there = self.bench.columns("rows")
        optional = {"category": "VARCHAR", "unit_cost": "DOUBLE"}
        columns = ", ".join(
            name if name in there else f"CAST(NULL AS {kind}) AS {name}"
            for name, kind in optional.items()
        )
        self.bench.save(
            "products",
            f"SELECT row_number() OVER (ORDER BY line) AS no, line, code, name, {columns} "
            'FROM "rows" '
            "QUALIFY row_number() OVER (PARTITION BY code ORDER BY line DESC) = 1",
        )
        self.bench.save(
            "refused_later",
            "SELECT line, 'code' AS field, '' AS \"column\", code AS value, 'repeated' AS problem "
            'FROM "rows" ANTI JOIN products USING (line)',
        )
        return Shaped(totals={"products": self.bench.number("SELECT count(*) FROM products")})

    def reopen(self) -> None:
        self.bench.show("products")

    def steps(self) -> list[Step]:
        last = self.bench.number("SELECT max(no) FROM products")
        size = ROWS_IN_A_PIECE
        return [Step("products", low, low + size - 1) for low in range(1, last + 1, size)]

    def take(self, step: Step, *, write: bool) -> Counts:
        scale = 10**self.context.digits
        wanted: pa.Table = self.bench.arrow(
            f"SELECT code, name, category, round(unit_cost * {scale})::BIGINT AS unit_cost "
            "FROM products "
            "WHERE no BETWEEN ? AND ? ORDER BY no",
            [step.low, step.high],
        )
        mapped = self.context.mapped
        return bulk_products.take(self.bench, self.context, wanted, mapped, write=write)
