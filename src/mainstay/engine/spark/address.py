"""What a URL of Spark says: which cluster, which tables, which settings."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

from mainstay.engine.connection import UnknownSource

SHAPE = "spark://host:7077, spark://host:7077/schema or spark://host:7077?lines=/lake/sales"
SECRET = re.compile(r"secret|password|token|access\.key", re.IGNORECASE)
PATIENCE = 60  # seconds without any worker, after which the work is given up


@dataclass(frozen=True)
class Address:
    """The parts of `spark://host:7077/schema?lines=/lake&spark.executor.memory=4g`."""

    master: str  # one or several, as Spark wants them: spark://a:7077,b:7077
    schema: str  # of the cluster's catalogue, where the tables are; empty: its default
    lines: str  # the Parquet files of order lines instead; empty: the catalogue
    patience: int
    settings: tuple[tuple[str, str], ...]  # of Spark, by its own names

    @classmethod
    def of(cls, url: str) -> Self:
        """Return the parts of a URL, or raise UnknownSource with the shape it should have."""
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise UnknownSource(f"“{url}” names no cluster. Write {SHAPE}.") from error
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
        settings = {name: given.pop(name) for name in list(given) if name.startswith("spark.")}
        lines, patience = given.pop("lines", ""), given.pop("patience", str(PATIENCE))
        if secret := next((name for name in settings if SECRET.search(name)), ""):
            raise UnknownSource(
                f"{secret} does not belong into an address, which is stored and shown."
                " Write it into spark-defaults.conf in the folder SPARK_CONF_DIR."
            )
        if given:
            raise UnknownSource(f"“{next(iter(given))}” in {url} means nothing. Write {SHAPE}.")
        if not patience.isdecimal() or not int(patience):
            raise UnknownSource(f"“{patience}” is no number of seconds. Write patience={PATIENCE}.")
        found = cls(
            master=f"spark://{parts.netloc}",
            schema=unquote(parts.path.strip("/")),
            lines=lines,
            patience=int(patience),
            settings=tuple(settings.items()),
        )
        if not found.hosts():
            raise UnknownSource(f"“{url}” names no cluster. Write {SHAPE}.")
        return found

    def hosts(self) -> list[tuple[str, int]]:
        """Return host and port of each master; none if one of them makes no sense."""
        pairs = [place.rpartition(":") for place in self.master[len("spark://") :].split(",")]
        if not all(host and port.isdecimal() for host, _colon, port in pairs):
            return []
        return [(host, int(port)) for host, _colon, port in pairs]
