"""Tie returns to the order they take back: the same customer sent back goods bought at that price
before."""

from mainstay.engine.staging.bench import Bench

# Shops call the cancellation of order 536365 C536365.
CANCELS = "CASE WHEN upper(left(order_key, 1)) = 'C' THEN order_key[2:] END"


def tie_within(bench: Bench) -> int:
    """Write `ties` (order_no of the return, name of the order taken back) from the file itself, and
    `untied`, the goods of the other returns; return how many are tied.

    What the file names counts first, then a cancellation's own name. Else, of the earlier orders of
    the customer with enough of the same product at the same price, the one that explains most
    lines, the latest of those.
    """
    _find_named(bench)
    bench.run(
        "CREATE OR REPLACE TABLE going_back AS SELECT o.*, l.product_no, l.quantity, "
        "round(l.amount_minor / l.quantity) AS price FROM lines l JOIN (FROM named_back "
        "ANTI JOIN named_ties USING (order_no)) o USING (order_no) "
        "WHERE o.customer IS NOT NULL AND l.kind = 'goods' AND l.quantity < 0"
    )
    bench.run(
        "CREATE OR REPLACE TABLE bought AS SELECT o.order_no, o.order_key, o.customer, "
        "o.ordered_at, l.product_no, "
        "l.quantity, round(l.amount_minor / l.quantity) AS price FROM lines l JOIN order_list "
        "o USING (order_no) "
        "SEMI JOIN going_back g ON g.customer = o.customer AND g.product_no = l.product_no "
        "WHERE NOT o.is_return AND l.quantity > 0"
    )
    bench.save(
        "ties",
        "SELECT order_no, order_key FROM named_ties UNION ALL "
        "SELECT order_no, order_key FROM (SELECT DISTINCT ON (g.order_no) g.order_no, b.order_key, "
        "count(*) AS explained, b.ordered_at FROM going_back g JOIN bought b ON b.customer = "
        "g.customer "
        "AND b.product_no = g.product_no AND b.price = g.price AND b.quantity >= -g.quantity "
        "AND b.ordered_at <= g.ordered_at GROUP BY g.order_no, b.order_key, b.ordered_at "
        "ORDER BY g.order_no, explained DESC, b.ordered_at DESC, b.order_key)",
    )
    bench.save(
        "untied",
        "SELECT dense_rank() OVER (ORDER BY order_no) AS place, * FROM going_back ANTI JOIN ties "
        "USING (order_no)",
    )
    return bench.number("SELECT count(*) FROM ties")


def _find_named(bench: Bench) -> None:
    """List the returns, and the ties that names tell."""
    bench.run(
        f"CREATE OR REPLACE TABLE named_back AS SELECT order_no, order_key, {CANCELS} AS cancels, "
        "reverses_key, customer, ordered_at FROM order_list WHERE is_return"
    )
    bench.run(
        "CREATE OR REPLACE TABLE named_ties AS SELECT order_no, reverses_key AS order_key "
        "FROM named_back WHERE reverses_key IS NOT NULL UNION ALL "
        "SELECT r.order_no, o.order_key FROM named_back r JOIN order_list o "
        "ON o.order_key = r.cancels AND o.customer = r.customer WHERE r.reverses_key IS NULL "
        "AND NOT o.is_return AND o.ordered_at <= r.ordered_at"
    )
