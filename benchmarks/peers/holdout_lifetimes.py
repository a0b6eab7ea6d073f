"""Forecast a holdout with lifetimes: python holdout_lifetimes.py HISTORIES OUT WEEKS."""

import sys
import warnings

import pandas as pd
from lifetimes import BetaGeoFitter, ModifiedBetaGeoFitter, ParetoNBDFitter

warnings.simplefilter("ignore")
histories, out, weeks = sys.argv[1], sys.argv[2], float(sys.argv[3])
base = pd.read_parquet(histories)
found = {}
for name, fitter in {
    "lifetimes BG/NBD": BetaGeoFitter(),
    "lifetimes MBG/NBD": ModifiedBetaGeoFitter(),
    "lifetimes Pareto/NBD": ParetoNBDFitter(),
}.items():
    history = [base[column].to_numpy() for column in ("frequency", "recency", "T")]
    try:
        fitter.fit(*history)
        found[name] = fitter.conditional_expected_number_of_purchases_up_to_time(weeks, *history)
    except Exception as reason:  # noqa: BLE001  a peer that fails is a row that says so
        print(f"{name}: {type(reason).__name__}: {reason}")
pd.DataFrame(found).to_parquet(out)
