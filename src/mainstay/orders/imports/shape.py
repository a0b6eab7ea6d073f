"""From typed rows of a file to orders, lines, products and customers, in a few set-based steps.

`base`, the rows that count -> `order_list`, numbered as they appear -> `lines`, named in them.
"""

from mainstay.customers.actions.erased import note_erased
from mainstay.customers.imports.kinds import Context, Shaped
from mainstay.engine.staging.bench import Bench, literal
from mainstay.orders.imports import currencies, returns
from mainstay.orders.imports.line_kinds import is_bad_debt, kind_of

NUMBERS = ("quantity", "unit_price", "amount", "unit_cost", "cost")
TEXTS = (
    "order",
    "line_name",
    "product",
    "product_name",
    "customer",
    "customer_name",
    "country",
    "currency",
    "reverses",
)
TYPES = {**dict.fromkeys(NUMBERS, "DOUBLE"), "ordered_at": "TIMESTAMP"}
LARGEST_MINOR = 9e15
LONGEST_LINE = 60
REFUSED = "('rate', 'range', 'erased')"
CODE = "coalesce(product, left(product_name, 120))"


def shape(bench: Bench, context: Context) -> Shaped:
    """Write `orders`, `lines`, `product_list` and `customer_list`; return what was left out and
    noted."""
    _give_all_columns(bench, context)
    note_erased(bench, source=context.source, column="customer")
    currencies.look(bench, context)
    _list_products(bench)
    bench.view("marked", _marked_sql(context))
    bench.save("refused_later", _refused_sql(context))
    _drop_lines_named_twice(bench, context)
    _number_orders(bench, context)
    _name_lines(bench, context)
    bench.save("customer_list", _customers_sql())
    tied = returns.tie_within(bench)
    return Shaped(left_out=_left_out(bench), notes=_notes(bench, tied), totals=_totals(bench))


def _give_all_columns(bench: Bench, context: Context) -> None:
    """Show the rows with every field, empty where the file has none."""
    there = bench.columns("rows")
    fields = [
        f'"{name}"' if name in there else f'CAST(NULL AS {TYPES.get(name, "VARCHAR")}) AS "{name}"'
        for name in (*TYPES, *TEXTS)
    ]
    bench.run(f'CREATE OR REPLACE VIEW input AS SELECT line, {", ".join(fields)} FROM "rows"')


def _list_products(bench: Bench) -> None:
    """Number the products; each takes the name it has most often."""
    bench.save(
        "product_list",
        "SELECT row_number() OVER (ORDER BY code) AS product_no, *, "
        f"{kind_of('code', 'name')} AS kind FROM ("
        "SELECT DISTINCT ON (code) code, coalesce(name, code) AS name FROM ("
        f"SELECT {CODE} AS code, product_name AS name, count(*) AS n FROM input WHERE {CODE} "
        "IS NOT NULL GROUP BY ALL"
        ") ORDER BY code, (name IS NULL), n DESC, name)",
    )


def _order_key(context: Context) -> str:
    """Return the order's name: the source's, else customer and day, so that the same file says the
    same."""
    if "order" in context.mapped:
        return '"order"'
    day = f"timezone({literal(context.zone)}, timezone('UTC', ordered_at))"
    return f"left(customer, 100) || ' ' || strftime({day}, '%Y-%m-%d')"


def _marked_sql(context: Context) -> str:
    """Return all rows with their money, and for rows that do not count their fate."""
    scale = currencies.scale(context)
    amount = f"round(coalesce(amount, coalesce(quantity, 1) * unit_price) * {scale})"
    cost = f"round(coalesce(cost, unit_cost * coalesce(quantity, 1)) * {scale})"
    return (
        f"SELECT line, {_order_key(context)} AS order_key, line_name, {CODE} AS code, "
        f"coalesce(quantity, 1) AS quantity, {_bigint(amount)} AS amount_minor, "
        f"{_bigint(cost)} AS cost_minor, "
        "ordered_at, customer, customer_name, country, reverses, "
        "CASE WHEN customer IN (SELECT value FROM _erased) THEN 'erased' "
        f"WHEN {currencies.is_unrated(context)} THEN 'rate' "
        f"WHEN abs({amount}) > {LARGEST_MINOR} OR abs({cost}) > {LARGEST_MINOR} THEN 'range' "
        f"WHEN {is_bad_debt('product_name')} THEN 'bad_debt' "
        "WHEN coalesce(amount, unit_price) = 0 AND customer IS NULL THEN 'stock' "
        "WHEN quantity = 0 AND coalesce(amount, 0) = 0 THEN 'nothing' END AS fate, "
        f"{currencies.of_line(context)} AS currency "
        "FROM input"
    )


def _bigint(number: str) -> str:
    return f"TRY_CAST({number} AS BIGINT)"


def _refused_sql(context: Context) -> str:
    """Return the rows that only the meaning of their values refuses."""
    day = currencies.day(context)
    return (
        "SELECT line, CASE fate WHEN 'rate' THEN 'currency' WHEN 'erased' THEN 'customer' "
        "ELSE 'amount' END AS field, "
        "'' AS \"column\", "
        f"CASE fate WHEN 'rate' THEN currency || ' ' || {day} WHEN 'erased' THEN customer END "
        f"AS value, fate AS problem FROM marked WHERE fate IN {REFUSED}"
    )


def _drop_lines_named_twice(bench: Bench, context: Context) -> None:
    """Keep the first of the lines that the file itself calls by one name; refuse the others, and
    lines in another currency than the first of their order."""
    bench.run("CREATE OR REPLACE TABLE dropped (line BIGINT, problem VARCHAR)")
    if "line_name" in context.mapped:
        bench.run(
            "INSERT INTO dropped SELECT line, 'twice' FROM (SELECT line, row_number() OVER ("
            "PARTITION BY order_key, line_name ORDER BY line) AS place FROM marked SEMI JOIN ("
            "SELECT hash(order_key, line_name) AS h FROM marked GROUP BY 1 HAVING count(*) > 1"
            ") AS suspects ON suspects.h = hash(order_key, line_name) WHERE fate IS NULL) "
            "WHERE place > 1"
        )
    if "currency" in context.mapped:
        bench.run(currencies.MIXED)
    bench.save(
        "refused_twice",
        "SELECT line, CASE problem WHEN 'twice' THEN 'line_name' ELSE 'currency' END AS field, "
        "'' AS \"column\", CASE problem WHEN 'twice' THEN line_name ELSE currency END AS value, "
        "problem FROM marked JOIN dropped USING (line)",
    )
    few = bench.number("SELECT count(*) FROM dropped")
    unlike = " AND line NOT IN (SELECT line FROM dropped)" if few else ""
    bench.run(f"CREATE OR REPLACE VIEW base AS SELECT * FROM marked WHERE fate IS NULL{unlike}")


def _number_orders(bench: Bench, context: Context) -> None:
    """Write one row per order, numbered by where it first stands in the file."""
    bench.save(
        "order_list",
        "SELECT row_number() OVER (ORDER BY first) AS order_no, * FROM (SELECT order_key, "
        "min(line) AS first, "
        "max(line) - min(line) + 1 = count(*) AS together, count(*) AS line_count, "
        "min(customer) AS customer, min(customer) <> max(customer) AS torn, min(ordered_at) "
        "AS ordered_at, "
        "sum(amount_minor)::BIGINT AS amount_minor, max(reverses) AS reverses_key, "
        f"{currencies.of_order(context)} AS currency, "
        "(sum(amount_minor) < 0 OR (sum(amount_minor) = 0 AND min(quantity) < 0) OR "
        "max(reverses) IS NOT NULL) AS is_return "
        "FROM base GROUP BY order_key)",
    )


def _name_lines(bench: Bench, context: Context) -> None:
    """Write the lines, each with a name that is the same when the same order comes again.

    The name is the source's own, else the product's code; a code that stands twice in an order is
    numbered by what the lines say, so that their sequence in the file does not matter.
    """
    bench.run("CREATE OR REPLACE TABLE places (line BIGINT, place BIGINT)")
    if "line_name" in context.mapped:
        bench.view("numbered", _numbered_sql())
    else:
        bench.save("numbered", _numbered_sql())
        _number_repeated(bench)
    together = bench.one("SELECT bool_and(together) FROM order_list")[0]
    bench.save(
        "lines",
        "SELECT n.order_no, n.line, n.product_no, coalesce(n.product_kind, 'goods') AS kind, "
        "n.quantity, "
        "n.amount_minor, n.cost_minor, CASE WHEN p.place > 1 THEN n.own || '#' || p.place "
        "WHEN n.own = '' THEN '#1' ELSE n.own END AS name FROM numbered n LEFT JOIN places p "
        f"USING (line) {'' if together else 'ORDER BY order_no, line'}",
    )


def _numbered_sql() -> str:
    """Return the lines with the numbers of their orders and products, and the names they have."""
    own = "coalesce(line_name, b.code, '')"
    return (
        "SELECT o.order_no, b.line, p.product_no, p.kind AS product_kind, b.quantity, "
        "b.amount_minor, b.cost_minor, "
        f"CASE WHEN length({own}) > {LONGEST_LINE - 8} THEN left({own}, 30) || '~' || "
        f"left(md5({own}), 12) ELSE {own} END AS own "
        "FROM base b JOIN order_list o USING (order_key) LEFT JOIN product_list p USING (code)"
    )


def _number_repeated(bench: Bench) -> None:
    """Write the place of each line among those of its order with the same name."""
    bench.run(
        "CREATE OR REPLACE TABLE twice AS SELECT order_no, hash(own) AS h FROM "
        "numbered GROUP BY ALL HAVING count(*) > 1"
    )
    bench.run(
        "INSERT INTO places SELECT line, row_number() OVER ("
        "PARTITION BY order_no, own ORDER BY amount_minor DESC, quantity, line) AS place "
        "FROM numbered SEMI JOIN twice ON twice.order_no = numbered.order_no AND twice.h = "
        "hash(numbered.own)"
    )


def _customers_sql() -> str:
    """Return each customer named, with the name and country it has most often."""
    return (
        "SELECT DISTINCT ON (customer) customer, name, country FROM ("
        "SELECT customer, customer_name AS name, country, count(*) AS n FROM base "
        "WHERE customer IS NOT NULL GROUP BY ALL) ORDER BY customer, (name IS NULL), (country "
        "IS NULL), n DESC, name, country"
    )


def _totals(bench: Bench) -> dict[str, int]:
    return {
        "orders": bench.number("SELECT count(*) FROM order_list"),
        "lines": bench.number("SELECT count(*) FROM lines"),
        "products": bench.number("SELECT count(*) FROM product_list"),
        "customers": bench.number("SELECT count(*) FROM customer_list"),
    }


def _left_out(bench: Bench) -> dict[str, int]:
    """Count the lines that are not sales, by reason."""
    return dict(
        bench.rows(
            f"SELECT fate, count(*) FROM marked WHERE fate NOT IN {REFUSED} GROUP "
            "BY 1 ORDER BY 2 DESC"
        )
    )


def _notes(bench: Bench, tied: int) -> dict[str, int]:
    """Count what was kept but deserves to be known."""
    kinds = dict(bench.rows("SELECT kind, count(*) FROM lines WHERE kind <> 'goods' GROUP BY 1"))
    nobody, returned, torn = bench.one(
        "SELECT coalesce(sum(line_count) FILTER (customer IS NULL), 0)::BIGINT, count(*) "
        "FILTER (is_return), "
        "count(*) FILTER (torn) FROM order_list"
    )
    repeated = bench.number("SELECT count(*) FROM places WHERE place > 1")
    free = bench.number("SELECT count(*) FROM base WHERE amount_minor = 0")
    found = {
        "no_customer": nobody,
        **kinds,
        "returns": returned,
        "returns_tied": tied,
        "repeated": repeated,
        "free": free,
        "torn": torn,
    }
    return {name: int(count) for name, count in found.items() if count}
