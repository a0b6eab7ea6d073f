"""The floor: the bare DuckDB aggregation of canonical lines to RFM, LAKE OUT AS_OF MEMORY."""

import sys

import duckdb

lake, out, as_of, memory = sys.argv[1:5]
QUERY = f"""
COPY (
  WITH days AS (
    SELECT customer_id, day, sum(amount_minor) AS amount
    FROM read_parquet('{lake}/order_lines/**/*.parquet') GROUP BY 1, 2
  ), firsts AS (
    SELECT customer_id, count(*) - 1 AS frequency, min(day) AS first_day, max(day) AS last_day,
           sum(amount) AS total, arg_min(amount, day) AS first_amount
    FROM days GROUP BY 1
  )
  SELECT customer_id, frequency, last_day - first_day AS recency, DATE '{as_of}' - first_day AS T,
         CASE WHEN frequency > 0 THEN (total - first_amount) / frequency ELSE 0 END AS monetary
  FROM firsts
) TO '{out}' (FORMAT parquet)
"""  # noqa: S608  the arguments are the benchmark's own
config = {"memory_limit": memory, "temp_directory": f"{out}.tmp"}
duckdb.connect(config=config).execute(QUERY)
