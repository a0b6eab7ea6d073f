"""The same with lifetimes: python fits_with_lifetimes.py spend|pareto HISTORIES."""

import json
import sys
import time

import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter, ParetoNBDFitter

task, file = sys.argv[1:3]
base = pd.read_parquet(file)
h = base["frequency"], base["recency"], base["T"]
start = time.process_time()
if task == "pareto":
    model = ParetoNBDFitter()  # gives no standard errors
    model.fit(*h)
    found = {"fit": time.process_time() - start}
else:
    model = BetaGeoFitter()
    model.fit(*h)
    repeat = base[(base["frequency"] > 0) & (base["monetary"] > 0)]
    money = GammaGammaFitter()
    money.fit(repeat["frequency"], repeat["monetary"])
    found = {"fit": time.process_time() - start}
    start = time.process_time()
    model.conditional_probability_alive(*h)
    model.conditional_expected_number_of_purchases_up_to_time(365, *h)
    money.customer_lifetime_value(
        model, *h, base["monetary"], time=12, discount_rate=0.00797, freq="D"
    )
    found["score"] = time.process_time() - start
    found["spend"] = dict(money.params_)
found["purchases"] = dict(model.params_)
print(json.dumps(found))
