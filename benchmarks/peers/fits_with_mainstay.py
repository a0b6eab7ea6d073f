"""Fit and score histories with Mainstay: python fits_with_mainstay.py spend|pareto HISTORIES."""

import json
import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command line sets it

import pyarrow.parquet as pq

from mainstay.analysis.lifetime import bg_nbd, clv, gamma_gamma, pareto_nbd


def main() -> None:
    task, file = sys.argv[1:3]
    table = pq.read_table(file)
    h = {name: table[name].to_numpy() for name in ("frequency", "recency", "T")}
    found: dict[str, object] = {}
    start = time.process_time()
    if task == "pareto":
        model = pareto_nbd.fit(**h)
        model.standard_errors()
        found = {"fit": time.process_time() - start}
        found["purchases"] = dict(zip(model.NAMES, model.parameters.tolist(), strict=True))
    else:
        m = table["monetary"].to_numpy()
        purchases = bg_nbd.fit(**h)
        spend = gamma_gamma.fit(frequency=h["frequency"], monetary=m)
        purchases.standard_errors()
        spend.standard_errors()
        found = {"fit": time.process_time() - start}
        terms = clv.Terms(horizon=365.0, rate=clv.continuous_rate(0.10))
        start = time.process_time()
        clv.score(purchases, spend, t=365.0, terms=terms, monetary=m, **h)
        found["score"] = time.process_time() - start
        names = purchases.NAMES
        found["purchases"] = dict(zip(names, purchases.parameters.tolist(), strict=True))
        found["spend"] = {"p": spend.p, "q": spend.q, "v": spend.v}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
