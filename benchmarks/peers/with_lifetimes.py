"""The same results with lifetimes and pandas: python with_lifetimes.py LINES OUT AS_OF."""

import sys

import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter
from lifetimes.utils import summary_data_from_transaction_data

lines, out, as_of = sys.argv[1:4]
orders = pd.read_parquet(lines, columns=["customer_id", "ordered_at", "amount"])
base = summary_data_from_transaction_data(
    orders,
    "customer_id",
    "ordered_at",
    monetary_value_col="amount",
    observation_period_end=as_of,
    freq="D",
)
model = BetaGeoFitter()
model.fit(base["frequency"], base["recency"], base["T"])
repeat = base[(base["frequency"] > 0) & (base["monetary_value"] > 0)]
money = GammaGammaFitter()
money.fit(repeat["frequency"], repeat["monetary_value"])
base["p_alive"] = model.conditional_probability_alive(base["frequency"], base["recency"], base["T"])
base["expected_12m"] = model.conditional_expected_number_of_purchases_up_to_time(
    365, base["frequency"], base["recency"], base["T"]
)
base["clv"] = money.customer_lifetime_value(
    model,
    base["frequency"],
    base["recency"],
    base["T"],
    base["monetary_value"],
    time=12,
    discount_rate=0.00797,
    freq="D",
)
base.to_parquet(out)
print("log-likelihood", -model._negative_log_likelihood_ * len(base), dict(model.params_))
