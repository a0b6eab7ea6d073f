"""Spark: the same expressions on a cluster; the only place that imports pyspark."""
