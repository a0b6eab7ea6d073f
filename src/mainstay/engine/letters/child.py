"""Have the e-mails of files read by a child process with limits on memory and time."""

import json
from collections.abc import Iterator
from pathlib import Path

from mainstay.engine.files.child import Child
from mainstay.engine.files.limits import MIB, Limits
from mainstay.engine.letters.letter import Found, Letter

# The largest e-mail stands in memory some six times while it is taken apart.
LIMITS = Limits(memory_bytes=768 * MIB, cpu_seconds=900, silent_seconds=60)
WORKER = "mainstay.engine.letters.worker"


def read(path: Path | str, limits: Limits = LIMITS) -> Iterator[Found]:
    """Yield each e-mail of the file in its order, or raise Unreadable, possibly after some."""
    with Child({"path": str(path)}, limits, WORKER) as child:
        for line in child.lines():
            found = json.loads(line)
            given = found.get("letter")
            letter = Letter.from_json(given) if given else None
            yield Found(found["place"], letter, found.get("why", ""))
        child.finish()
