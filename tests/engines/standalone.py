"""A real standalone cluster on loopback: one master and two workers, a process each."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyspark

ROOT = Path(__file__).resolve().parents[2]
SPARK = Path(pyspark.__file__).parent
PATIENCE = 120  # seconds for a machine that is busy with other tests


@dataclass(frozen=True)
class Standalone:
    """A running cluster; the workers' processes are there to be lost."""

    master: str
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Standalone]:
    """Start a cluster that keeps its files in the folder, and end it afterwards."""
    port, variables = free_port(), environment(folder)
    with ExitStack() as running:

        def start(name: str, *words: str) -> subprocess.Popen[bytes]:
            return running.enter_context(program(folder / f"{name}.log", variables, *words))

        start("master", "master.Master", "--host", "127.0.0.1", "--port", str(port))
        until_told(folder / "master.log", "I have been elected leader", 1)
        master = f"spark://127.0.0.1:{port}"
        started = [start(f"worker-{n}", *worker(master, folder, n)) for n in range(workers)]
        until_told(folder / "master.log", "Registering worker", workers)
        yield Standalone(master, started)


def worker(master: str, folder: Path, number: int) -> list[str]:
    work = ["--work-dir", str(folder / f"work-{number}")]
    return ["worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", *work, master]


@contextmanager
def program(
    log: Path, variables: dict[str, str], name: str, *words: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run one program of the cluster; its end takes along the executors that it started."""
    command = [str(SPARK / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}"]
    command += ["--webui-port", "0", *words]
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=variables, stdout=file, stderr=file)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def environment(folder: Path) -> dict[str, str]:
    """Return what the cluster's programs see: our Python, our code, loopback only."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SPARK_")}
    return kept | {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
        "SPARK_DAEMON_MEMORY": "256m",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until_told(log: Path, words: str, times: int) -> None:
    """Wait until a program has written the words so often."""
    last = time.monotonic() + PATIENCE
    while log.read_text(errors="replace").count(words) < times:
        if time.monotonic() > last:
            raise TimeoutError(f"{log.name} never says “{words}”:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)
