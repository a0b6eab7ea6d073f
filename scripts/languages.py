"""Compile every .po under src into the .mo beside it, without the gettext programs."""

from __future__ import annotations

from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parent.parent / "src"


def main() -> None:
    for po in sorted(SOURCE.glob("**/locale/*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            polib.pofile(str(po)).save_as_mofile(str(mo))


if __name__ == "__main__":
    main()
