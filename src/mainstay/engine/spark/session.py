"""One session with a cluster per process: it takes seconds to start and holds the cluster's cores.

Engines of the same address share it; with the last of them it ends, and the cores are free.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mainstay.engine.connection import UnknownSource

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from mainstay.engine.spark.address import Address

QUIET = Path(__file__).with_name("log4j2.properties")
PYTHON = "spark.pyspark.python"  # the workers' Python; else PYSPARK_PYTHON, else their python3
REACH = 5  # seconds to answer the telephone
DEFAULTS = {
    "spark.app.name": "Mainstay",
    "spark.ui.enabled": "false",  # a web page that nobody asked for
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "250000",
    "spark.sql.parquet.mergeSchema": "true",  # files of a lake gain columns as years pass
    "spark.driver.maxResultSize": "0",  # what is fetched is what was asked for
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={QUIET.as_uri()}",
}


class _Shared:
    """The session of this process, and how many engines use it."""

    session: SparkSession | None = None
    address: Address | None = None
    users = 0


def opened(address: Address) -> SparkSession:
    """Return the session with this cluster; every call needs a `closed` of its own."""
    if _Shared.session is None:
        _Shared.session, _Shared.address = _started(address), address
    elif _settled(_Shared.address) != _settled(address):
        raise UnknownSource(
            f"This program already works with {_settled(_Shared.address)[0]}."
            " Close that first, or start another program."
        )
    _Shared.users += 1
    return _Shared.session


def closed() -> None:
    """Give the session back; the last one ends it and its Java program."""
    _Shared.users -= 1
    if _Shared.users == 0 and _Shared.session is not None:
        session, _Shared.session = _Shared.session, None
        _ended(session)


def _settled(address: Address | None) -> tuple[Any, ...]:
    return (address.master, address.settings) if address else ()


def _started(address: Address) -> SparkSession:
    _there(address)
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    chosen = DEFAULTS | dict(address.settings)
    conf = SparkConf(loadDefaults=False).setMaster(address.master).setAll(list(chosen.items()))
    gateway = launch_gateway(conf, popen_kwargs={"stderr": subprocess.DEVNULL})
    try:
        context: Any = SparkContext(conf=conf, gateway=gateway)
        context.pythonExec = chosen.get(PYTHON, context.pythonExec)
        return SparkSession(context)
    except Exception as error:  # py4j's errors have no common ancestor but this
        _hung_up(gateway)
        raise UnknownSource(
            f"{address.master} answers, but not as a Spark master of our version"
            f" ({_version()}). Check the address and the version of the cluster."
        ) from error


def _there(address: Address) -> None:
    """Raise UnknownSource unless everything that a session needs is there."""
    if importlib.util.find_spec("pyspark") is None:
        raise UnknownSource("Spark is not installed. Run: pip install 'mainstay[spark]'")
    home = os.environ.get("JAVA_HOME")
    if shutil.which(str(Path(home, "bin", "java")) if home else "java") is None:
        wrong = f"JAVA_HOME is {home}, and there is no Java in it" if home else "there is no Java"
        raise UnknownSource(f"Spark needs Java 17 or later, and {wrong}. Install it.")
    if not any(_answers(host, port) for host, port in address.hosts()):
        raise UnknownSource(
            f"Nothing answers at {address.master}. Check the address, and that the master runs."
        )


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=REACH):
            return True
    except (OSError, OverflowError):
        return False


def _version() -> str:
    from importlib.metadata import version

    return version("pyspark")


def _ended(session: SparkSession) -> None:
    gateway = session.sparkContext._gateway
    session.stop()
    _hung_up(gateway)


def _hung_up(gateway: Any) -> None:
    """End the Java program, and let pyspark forget it, so that the next session starts one."""
    from pyspark import SparkContext

    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None
