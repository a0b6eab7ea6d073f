"""Forecast a holdout with pymc-marketing (MAP): python holdout_pymc.py HISTORIES OUT WEEKS."""

import sys
import warnings

warnings.simplefilter("ignore")

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from pymc_marketing.clv import BetaGeoModel, ModifiedBetaGeoModel, ParetoNBDModel  # noqa: E402


def main() -> None:
    histories, out, weeks = sys.argv[1], sys.argv[2], float(sys.argv[3])
    base = pd.read_parquet(histories)
    base["customer_id"] = np.arange(len(base))
    found = {}
    for name, model in {
        "pymc-marketing BG/NBD": BetaGeoModel,
        "pymc-marketing MBG/NBD": ModifiedBetaGeoModel,
        "pymc-marketing Pareto/NBD": ParetoNBDModel,
    }.items():
        try:
            fitted = model(data=base[["customer_id", "frequency", "recency", "T"]])
            fitted.fit(method="map")
            expected = fitted.expected_purchases(data=base, future_t=weeks)
            found[name] = expected.mean(("chain", "draw")).values
        except Exception as reason:  # noqa: BLE001  a peer that fails is a row that says so
            print(f"{name}: {type(reason).__name__}: {reason}")
    pd.DataFrame(found).to_parquet(out)


if __name__ == "__main__":
    main()
