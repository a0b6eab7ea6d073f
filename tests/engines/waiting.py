"""A program that asks a cluster twice, while its test takes the workers away."""

import json
import secrets
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from mainstay.engine import Unanswered, connect


@dataclass(frozen=True)
class Waiting:
    """Return the rows as they are, once the file `go` is in the folder."""

    folder: Path

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Tell that the work has begun, and wait."""
        (self.folder / f"begun-{secrets.token_hex(4)}").touch()
        while not (self.folder / "go").exists():
            time.sleep(0.1)
        yield from batches


def tell(**found: object) -> None:
    sys.stdout.write(f"{json.dumps(found)}\n")
    sys.stdout.flush()


def main(url: str, folder: Path) -> None:
    engine = connect(url)
    rows = pa.table({"n": range(1000)})
    found = engine.mapped(engine.load(rows), Waiting(folder), schema=rows.schema)
    total = engine.run(found.agg(total=found.n.sum())).to_pylist()[0]["total"]
    tell(total=total)
    sys.stdin.readline()
    try:
        engine.run(found.agg(most=found.n.max()))
    except Unanswered as reason:
        tell(reason=str(reason))
    engine.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
