"""Files that belong to rows: they go out with them, under the same names."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

FOLDER = "files"
# Below the folder of files, as they are named there; nothing else comes in or goes out.
_KEPT = re.compile(
    r"attachments/(?P<start>[0-9a-f]{2})/(?P=start)[0-9a-f]{62}"
    r"|imports/[0-9a-f]{32}/(upload|refused\.csv)"
)
_PATTERNS = ("attachments/??/*", "imports/*/upload", "imports/*/refused.csv")


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def kept() -> Iterator[str]:
    """Yield the name of each file, in order."""
    found = (path for pattern in _PATTERNS for path in root().glob(pattern))
    names = (path.relative_to(root()).as_posix() for path in found if path.is_file())
    yield from sorted(name for name in names if may_be(name))


def may_be(name: str) -> bool:
    return _KEPT.fullmatch(name) is not None
