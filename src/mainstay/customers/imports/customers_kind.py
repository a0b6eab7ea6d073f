"""The import of customers: shape, compare, write."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.customers.actions import bulk_customers
from mainstay.customers.actions.erased import note_erased
from mainstay.customers.imports import custom_columns, custom_work
from mainstay.customers.imports.customer_columns import COLUMNS
from mainstay.customers.imports.kinds import ROWS_IN_A_PIECE, Counts, Kind, Shaped, Step, Work


class CustomersWork(Work):
    def shape(self) -> Shaped:
        """Keep the last row of each number; refuse what refers to nobody."""
        there = self.bench.columns("rows")
        names = [column.field.name for column in COLUMNS]
        lacking = "".join(
            f", CAST(NULL AS VARCHAR) AS {name}" for name in names if name not in there
        )
        self.bench.view("input", f'SELECT *{lacking} FROM "rows"')
        columns = ", ".join(names)
        bulk_customers.find_what_rows_name(self.bench, self.context.source_id)
        note_erased(self.bench, source=self.context.source, column="number")
        custom_work.shape(self.bench, self._custom(), self.context)
        self.bench.save("refused_later", f"{REFUSED} UNION ALL SELECT * FROM custom_refused")
        self.bench.save(
            "customers",
            f"SELECT row_number() OVER (ORDER BY line) AS no, line, {columns}, custom.* "
            "EXCLUDE (line) FROM input JOIN custom USING (line) "
            "WHERE line NOT IN (SELECT line FROM refused_later)",
        )
        return Shaped(totals={"customers": self.bench.number("SELECT count(*) FROM customers")})

    def _custom(self) -> list[Any]:
        return custom_columns.mapped(self.context.mapped)

    def reopen(self) -> None:
        self.bench.show("customers")

    def steps(self) -> list[Step]:
        """Write customers first, then tie them to their parents, which may stand further down."""
        last, size = self.bench.number("SELECT max(no) FROM customers"), ROWS_IN_A_PIECE
        ranges = [(low, low + size - 1) for low in range(1, last + 1, size)]
        parts = ["customers", *(["parents"] if "parent" in self.context.mapped else [])]
        return [Step(part, low, high) for part in parts for low, high in ranges]

    def take(self, step: Step, *, write: bool) -> Counts:
        if step.part == "parents":
            return bulk_customers.take_parents(self.bench, self.context, step, write=write)
        told = custom_work.CustomValues(self._custom())
        return bulk_customers.take(self.bench, self.context, step, told, write=write)


REFUSED = """
    SELECT line, 'number' AS field, '' AS "column", number AS value, 'repeated' AS problem FROM (
        SELECT line, number, row_number() OVER (PARTITION BY number ORDER BY line DESC) AS place
        FROM input
    ) WHERE place > 1
    UNION ALL SELECT line, 'owner', '', owner, 'owner' FROM input
        WHERE owner IS NOT NULL AND lower(owner) NOT IN (SELECT email FROM _owners)
    UNION ALL SELECT line, 'email', '', email, 'email' FROM input
        WHERE email IN (SELECT email FROM _bad_emails)
    UNION ALL SELECT line, 'parent', '', parent, 'parent' FROM input
        WHERE parent IS NOT NULL AND (parent = number OR (parent NOT IN (SELECT number FROM input)
        AND parent NOT IN (SELECT reference FROM _parents)))
    UNION ALL SELECT line, field, '', value, 'erased' FROM _erased JOIN input ON value =
        CASE field WHEN 'number' THEN number WHEN 'email' THEN email WHEN 'phone' THEN phone
        ELSE tax_number END
"""

_CUSTOMER, _ADDRESS = "customers.customer", "customers.address"
_OWN = "email phone website tax_number industry language founded_year description"
FILLS: dict[str, tuple[tuple[str, str], ...]] = {
    **{name: ((_CUSTOMER, name),) for name in _OWN.split()},
    **{name: ((_ADDRESS, name),) for name in ("street", "postcode")},
    **{name: ((_CUSTOMER, name), (_ADDRESS, name)) for name in ("city", "country")},
    **{name: ((_CUSTOMER, f"acquisition_{name}"),) for name in ("channel", "campaign")},
}

KIND = Kind(
    key="customers",
    order=3,
    label=_("Customers"),
    text=_(
        "One row per customer: number, name, address, who looks after it. Known customers are "
        "brought up to date."
    ),
    icon="building-2",
    permission="customers.import",
    columns=COLUMNS,
    fills=FILLS,
    more=custom_columns.columns,
    work=CustomersWork,
    url_name="customers:list",
)
