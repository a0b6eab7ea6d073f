"""Where the files of exports lie: random names below the data folder, nowhere in the web."""

import secrets
from pathlib import Path

from django.conf import settings


def new_place() -> str:
    return secrets.token_hex(32)


def path_of(place: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "exports" / f"{place}.zip"
