"""What a cluster cannot do becomes a sentence; a cluster without workers does not wait forever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from mainstay.engine.connection import Unanswered, UnknownSource

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from mainstay.engine.spark.address import Address

EVERY = 2  # seconds between two looks at the workers
MISSING = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
OTHER_PYTHON = "PYTHON_VERSION_MISMATCH"
NO_MEMORY = re.compile(r"OutOfMemoryError|ExecutorLostFailure|exit code 137")


class Answers:
    """Around everything that is asked of the cluster: `with answers(): …`."""

    def __init__(self, spark: SparkSession, address: Address) -> None:
        """Watch this session."""
        self.spark, self.address = spark, address
        self.abandoned = False

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Raise Unanswered with a sentence for what goes wrong in Spark."""
        over = Event()
        Thread(target=self._watch, args=(over,), daemon=True).start()
        try:
            yield
        except Exception as error:
            if not _of_spark(error):
                raise
            raise Unanswered(self._sentence(error)) from error
        finally:
            over.set()

    @contextmanager
    def sought(self, sentence: str) -> Iterator[None]:
        """Say the sentence where Spark does not find what is asked for."""
        from pyspark.errors import AnalysisException

        try:
            with self():
                yield
        except Unanswered as reason:
            if isinstance(reason.__cause__, AnalysisException) or "Parquet" in sentence:
                raise UnknownSource(sentence) from reason
            raise

    def forgotten(self, name: str, frame: DataFrame) -> None:
        """Let go of a table; a session that has died has let go already."""
        try:
            self.spark.catalog.dropTempView(name)
            frame.unpersist()
        except Exception as error:
            if not _of_spark(error):
                raise

    def _watch(self, over: Event) -> None:
        """Give up when no worker has been there for too long."""
        alone = 0
        while not over.wait(EVERY):
            alone = 0 if self._workers() else alone + EVERY
            if alone >= self.address.patience:
                self.abandoned = True
                self.spark.sparkContext.cancelAllJobs()

    def _workers(self) -> int:
        """Return how many processes of workers there are; the driver, counted too, is none."""
        try:
            context: Any = self.spark.sparkContext._jsc
            return int(context.sc().getExecutorMemoryStatus().size()) - 1
        except Exception as error:
            if not _of_spark(error):
                raise
            return 1  # the session is over, and whoever asks is told so

    def _sentence(self, error: Exception) -> str:
        text = str(error)
        if self.abandoned:
            return (
                f"No worker of {self.address.master} has taken the work for"
                f" {self.address.patience} s. Check that its workers run and have free cores."
            )
        if module := MISSING.search(text):
            return (
                f"The workers' Python has no module {module[1].partition('.')[0]}. Install this"
                " version of Mainstay there; ?spark.pyspark.python=/path/to/python names it."
            )
        if OTHER_PYTHON in text:
            return (
                "The workers run another version of Python than this machine. Name one that is the"
                " same: ?spark.pyspark.python=/path/to/python"
            )
        if NO_MEMORY.search(text):
            return (
                "The cluster's workers were lost or ran out of memory. Give them more with"
                " ?spark.executor.memory=4g, or start more workers."
            )
        return f"The cluster cannot do it ({_gist(text)})."


def _of_spark(error: Exception) -> bool:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return isinstance(error, PySparkException | Py4JError | ConnectionError | EOFError)


def _gist(text: str) -> str:
    """Return the line that says most: the last of a traceback of Python, else the first."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if re.match(r"[\w.]*(Error|Exception): ", line)]
    chosen = told[-1] if told else (lines[0] if lines else "it does not say why")
    return chosen[:300].rstrip(".")
