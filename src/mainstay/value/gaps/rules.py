"""Pure steps from estimates and sales to the rows of gaps."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

ESTIMATES = pa.schema(
    {
        "estimate_id": pa.int64(),
        "customer_id": pa.int64(),
        "market_id": pa.int64(),
        "wallet_minor": pa.int64(),
        "share_now": pa.float64(),
        "share_then": pa.float64(),
        "growth": pa.float64(),
    }
)
SALES = pa.schema({"customer_id": pa.int64(), "market_id": pa.int64(), "sales_minor": pa.int64()})


def markets_above(parents: Mapping[int, int | None]) -> dict[int, list[int]]:
    """Return each category with itself and everything above it; a circle ends where it began."""
    above: dict[int, list[int]] = {}
    for category in parents:
        chain, at = [category], parents[category]
        while at is not None and at not in chain:
            chain.append(at)
            at = parents.get(at)
        above[category] = chain
    return above


def members(products: pa.Table, parents: Mapping[int, int | None]) -> pa.Table:
    """Return one row per product and market it belongs to, from product_id and category_id."""
    pairs = [(low, high) for low, chain in markets_above(parents).items() for high in chain]
    low, high = zip(*pairs, strict=True) if pairs else ((), ())
    placed = pa.table(
        {"category_id": pa.array(low, pa.int64()), "market_id": pa.array(high, pa.int64())}
    )
    return products.join(placed, "category_id", join_type="inner").select(
        ["product_id", "market_id"]
    )


def gap_rows(estimates: pa.Table, sales: pa.Table) -> pa.Table:
    """Return a row per estimate and a row per customer with the sums, as CustomerGap stores them.

    Where the growth of a market is not known the future gap is null, and a sum holds the known.
    """
    from mainstay.analysis.value import gaps  # heavy, and most pages do without

    table = estimates.join(sales, ["customer_id", "market_id"], join_type="left outer")
    bought = table["sales_minor"].fill_null(0).to_numpy()
    wallet = table["wallet_minor"].to_numpy()
    share = _share_growth(table)
    found = gaps.gaps(
        wallet=wallet,
        sales=bought,
        market_growth=_numbers(table["growth"]),
        # Nobody said how the customer's own share changes: its market's growth is all there is.
        share_growth=np.nan_to_num(share),
    )
    single = pa.table(
        {
            "customer": table["customer_id"],
            "category": table["market_id"],
            "estimate": table["estimate_id"],
            "wallet_minor": table["wallet_minor"],
            "sales_minor": pa.array(bought, pa.int64()),
            "current_minor": pa.array(np.rint(found.current), pa.int64()),
            "future_minor": _minor(found.future),
            "share_of_wallet": pa.array(found.share_of_wallet, from_pandas=True),
        }
    )
    return pa.concat_tables([single, _sums(single)])


def _sums(single: pa.Table) -> pa.Table:
    amounts = ["wallet_minor", "sales_minor", "current_minor", "future_minor"]
    summed = single.group_by("customer").aggregate([(name, "sum") for name in amounts])
    columns: dict[str, Any] = {"customer": summed["customer"]}
    nothing = pa.nulls(summed.num_rows, pa.int64())
    columns |= {"category": nothing, "estimate": nothing}
    columns |= {name: summed[f"{name}_sum"] for name in amounts}
    wallet, bought = (summed[f"{name}_sum"].to_numpy() for name in amounts[:2])
    share = np.divide(bought, wallet, out=np.full(len(wallet), np.nan), where=wallet > 0)
    return pa.table(columns | {"share_of_wallet": pa.array(share, from_pandas=True)})


def _share_growth(table: pa.Table) -> Any:
    now, then = _numbers(table["share_now"]), _numbers(table["share_then"])
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(now > 0, then / now - 1, np.nan)


def _numbers(column: pa.ChunkedArray) -> Any:
    return column.cast(pa.float64()).fill_null(float("nan")).to_numpy()


def _minor(amounts: Any) -> pa.Array:
    known = np.isfinite(amounts)
    whole = np.rint(np.where(known, amounts, 0)).astype(np.int64)
    return pa.array(whole, pa.int64(), mask=~known)
