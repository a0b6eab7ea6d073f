"""From the rows of a file as they stand there to typed rows in Parquet, with every refused value
listed.

Everything is set-based: one expression per column, decided once for the whole column, run by
DuckDB.
"""
