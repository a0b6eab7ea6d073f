"""Folders of Parquet written by the workers, which appear complete or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mainstay.engine.connection import UnknownSource

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@contextmanager
def appearing(spark: SparkSession, path: str) -> Iterator[str]:
    """Yield the name to write under; then the folder takes its place, or after a failure is gone.

    The workers' own file system renames it, be that a shared folder or HDFS.
    """
    context: Any = spark.sparkContext
    named = context._jvm.org.apache.hadoop.fs.Path
    unfinished = f"{path.rstrip('/')}.{secrets.token_hex(4)}.unfinished"
    system = named(path).getFileSystem(context._jsc.hadoopConfiguration())
    if system.exists(named(path)):
        raise UnknownSource(f"There is something at {path} already. Name a new folder.")
    try:
        yield unfinished
        system.rename(named(unfinished), named(path))
    finally:
        system.delete(named(unfinished), True)
