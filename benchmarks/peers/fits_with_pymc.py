"""The same with pymc-marketing (MAP): python fits_with_pymc.py spend|pareto HISTORIES."""

import json
import sys
import time
import warnings

warnings.simplefilter("ignore")

import pandas as pd  # noqa: E402
from pymc_marketing.clv import (  # noqa: E402
    BetaGeoModel,
    GammaGammaModel,
    ParetoNBDModel,
)


def estimates(model: object, names: tuple[str, ...]) -> dict[str, float]:
    return {name: float(model.fit_result[name].mean()) for name in names}


def main() -> None:
    task, file = sys.argv[1:3]
    base = pd.read_parquet(file)
    base["customer_id"] = range(len(base))
    history = base[["customer_id", "frequency", "recency", "T"]]
    start = time.process_time()
    if task == "pareto":
        model = ParetoNBDModel(data=history)
        model.fit(method="map")
        found = {"fit": time.process_time() - start}
        found["purchases"] = estimates(model, ("r", "alpha", "s", "beta"))
    else:
        model = BetaGeoModel(data=history)
        model.fit(method="map")
        repeat = base[(base["frequency"] > 0) & (base["monetary"] > 0)]
        repeat = repeat.rename(columns={"monetary": "monetary_value"})
        money = GammaGammaModel(data=repeat[["customer_id", "frequency", "monetary_value"]])
        money.fit(method="map")
        found = {"fit": time.process_time() - start}
        start = time.process_time()
        model.expected_probability_alive(data=history)
        model.expected_purchases(data=history, future_t=365)
        money.expected_customer_lifetime_value(
            transaction_model=model,
            data=base.rename(columns={"monetary": "monetary_value"}),
            future_t=12,
            discount_rate=0.00797,
            time_unit="D",
        )
        found["score"] = time.process_time() - start
        found["purchases"] = estimates(model, ("r", "alpha", "a", "b"))
        found["spend"] = estimates(money, ("p", "q", "v"))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
