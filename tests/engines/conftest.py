"""Engines on which the same test runs; the cluster is started once."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from mainstay.engine import Engine, connect

# Small tables: few parts, and no time spent on compiling queries that run once.
QUICK = {
    "spark.driver.host": "127.0.0.1",
    "spark.pyspark.python": sys.executable,
    "spark.sql.shuffle.partitions": "3",
    "spark.sql.codegen.wholeStage": "false",
}


def url_of(master: str, **more: Any) -> str:
    return f"{master}?{urlencode(QUICK | more)}"


@pytest.fixture(scope="session")
def standalone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of a master and two workers."""
    if shutil.which("java") is None:
        pytest.skip("there is no Java, which Spark needs")
    from tests.engines.standalone import cluster

    with cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found.master


@pytest.fixture(scope="session")
def spark(standalone: str) -> Iterator[Engine]:
    engine = connect(url_of(standalone))
    yield engine
    engine.close()


@pytest.fixture(scope="session", params=["duckdb", "spark"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Every engine in turn."""
    if request.param == "spark":
        return request.getfixturevalue("spark")
    return connect("duckdb://")


@pytest.fixture(scope="session")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake of drawn order lines, a file per year."""
    from tests.engines.drawn import lake

    return lake(tmp_path_factory.mktemp("lake"))
