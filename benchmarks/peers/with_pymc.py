"""The same results with pymc-marketing (MAP): python with_pymc.py LINES OUT AS_OF."""

import sys
import warnings

warnings.simplefilter("ignore")

import pandas as pd  # noqa: E402
from pymc_marketing.clv import BetaGeoModel, GammaGammaModel  # noqa: E402
from pymc_marketing.clv.utils import rfm_summary  # noqa: E402


def main() -> None:
    lines, out, as_of = sys.argv[1:4]
    orders = pd.read_parquet(lines, columns=["customer_id", "ordered_at", "amount"])
    base = rfm_summary(
        orders,
        "customer_id",
        "ordered_at",
        monetary_value_col="amount",
        observation_period_end=as_of,
        time_unit="D",
    )
    model = BetaGeoModel(data=base[["customer_id", "frequency", "recency", "T"]])
    model.fit(method="map")
    repeat = base[(base["frequency"] > 0) & (base["monetary_value"] > 0)]
    money = GammaGammaModel(data=repeat[["customer_id", "frequency", "monetary_value"]])
    money.fit(method="map")
    base["p_alive"] = model.expected_probability_alive(data=base).mean(("chain", "draw")).values
    base["expected_12m"] = (
        model.expected_purchases(data=base, future_t=365).mean(("chain", "draw")).values
    )
    base["clv"] = (
        money.expected_customer_lifetime_value(
            transaction_model=model, data=base, future_t=12, discount_rate=0.00797, time_unit="D"
        )
        .mean(("chain", "draw"))
        .values
    )
    base.to_parquet(out)
    print("parameters", model.fit_summary().to_dict())


if __name__ == "__main__":
    main()
