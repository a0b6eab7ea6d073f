"""The child process: takes limits on itself and writes one line of JSON for each e-mail."""

import json
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

from mainstay.engine.files.worker import answered

SECONDS_FOR_ONE = 20


class _TooLong(Exception):
    """One e-mail must not use up the time of all that follow."""


def main() -> int:
    """Do what the message on standard input asks."""
    return answered(_answer)


def _answer(message: dict[str, Any], _limits: Any) -> None:
    from mainstay.engine.letters import boxes

    signal.signal(signal.SIGALRM, _stop)
    out = sys.stdout.buffer
    for place, content in enumerate(boxes.messages(Path(message["path"])), start=1):
        out.write(json.dumps({**_read(content), "place": place}).encode() + b"\n")
        out.flush()


def _stop(_number: int, _frame: Any) -> NoReturn:
    raise _TooLong


def _read(content: bytes | None) -> dict[str, Any]:
    from mainstay.engine.letters.reading import Malformed, letter

    if content is None:
        return {"why": "too_large"}
    signal.alarm(SECONDS_FOR_ONE)
    try:
        return {"letter": letter(content).as_json()}
    except (Malformed, _TooLong):
        return {"why": "malformed"}
    except MemoryError:
        return {"why": "too_large"}
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    sys.exit(main())
