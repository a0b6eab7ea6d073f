"""Which Parquet files are a table: of the mirror, of a folder of folders, or a single file."""

from pathlib import Path

from mainstay.engine.connection import UnknownSource


def parquet_of(place: Path, name: str) -> list[Path]:
    """Return the files of a table; none where a mirror has no rows yet."""
    from mainstay.engine import mirror  # which counts orders in DuckDB, and so stands above

    if place.is_file():
        return [place]
    if mirror.is_mirror(place):
        return mirror.files(place, name)
    if (single := place / f"{name}.parquet").exists():
        return [single]
    if (folder := place / name).is_dir():
        return sorted(folder.rglob("*.parquet"))
    if found := sorted(place.glob("*.parquet")):
        return found
    raise UnknownSource(f"There are no Parquet files for “{name}” in {place}.")


def files_of(place: str, name: str) -> list[str]:
    """Return the files of a table as a cluster is told them.

    What this machine does not see, hdfs://… or a folder of the workers alone, is named as it is.
    """
    if "://" in place or not Path(place).exists():
        return [place]
    return [str(path) for path in parquet_of(Path(place), name)]
