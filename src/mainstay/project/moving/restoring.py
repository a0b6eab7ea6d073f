"""Take in an export: all of it in one transaction, into an installation that holds nothing yet."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import models, transaction
from django.utils.translation import gettext as _

from mainstay.customers import actions as customers
from mainstay.orders import actions as orders
from mainstay.people import queries as people
from mainstay.records import queries as records
from mainstay.records.actions import record

from . import files, loading, manifest
from .refusals import Refused
from .source import Source, opened
from .tables import TABLES, Table

VERB = "base.restored"
TEXTS_AT_ONCE = 2000
Report = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    """What came in; `again` tells that it was here already."""

    rows: int
    tables: int
    files: int
    again: bool
    other_key: bool


def restore(path: Path, *, now: datetime, report: Report = lambda _name: None) -> Restored:
    """Import an export and make anew what is derived from it.

    Raises:
        Refused: it is damaged or unfit, or this installation holds other data; nothing is written.
    """
    with opened(path) as source:
        loading.refuse_unknown(source)
        again = is_here(source)
        if not again:
            _refuse_unless_empty()
            with transaction.atomic():
                _load(source, now, report)
    _derive(report)
    told = source.told
    counts = told["rows"], len(told["tables"]), len(told["files"])
    return Restored(*counts, again, told.get("key") != manifest.key())


def check(path: Path) -> None:
    """Raise Refused where the export is not as it was written, or unknown here."""
    with opened(path) as source:
        loading.refuse_unknown(source)


def is_here(source: Source) -> bool:
    """Tell whether this very export was imported here, and is what the base began with."""
    latest = records.history_of(people.company()).filter(verb=VERB).first()
    return latest is not None and latest.new.get("fingerprint") == source.fingerprint


def _refuse_unless_empty() -> None:
    filled = next((t.name for t in TABLES if not t.seeded and _rows(t).exists()), None)
    if filled is not None:
        text = _(
            "This installation holds data already (%(table)s). Import into a new one: name an"
            " empty database and data folder, run “mainstay migrate”, and import there."
        )
        raise Refused(text % {"table": filled})


def _load(source: Source, now: datetime, report: Report) -> None:
    loaded = []
    with _files_placed(source):
        with loading.searches_at_the_end():
            for table, told in source.tables:
                report(table.name)
                if table.seeded:
                    _rows(table).delete()
                loading.load(source, table, told)
                loaded.append(table)
            customers.make_all_findable()
            orders.make_products_findable()
        loading.finish(loaded)
        people.forget_company()
        orders.owe_everything()
        new = {"fingerprint": source.fingerprint, "as_of": str(source.told.get("as_of"))}
        record(by=None, verb=VERB, target=people.company(), new=new, now=now)


def _derive(report: Report) -> None:
    """Make the mirror and the index of texts; killed here, the same import again goes on."""
    report("mirror")
    orders.pay()
    report("search")
    while customers.read_texts(TEXTS_AT_ONCE):
        pass


@contextmanager
def _files_placed(source: Source) -> Iterator[None]:
    """Put the files in their places; they go again where the rows do not stay."""
    placed: list[Path] = []
    try:
        for each in source.told["files"]:
            name = each["file"].removeprefix(f"{files.FOLDER}/")
            to = files.root() / name
            to.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
            placed.append(to)
            shutil.copyfile(source.path(each["file"]), to)
            to.chmod(0o600)
        yield
    except BaseException:
        for path in placed:
            path.unlink(missing_ok=True)
        raise


def _rows(table: Table) -> models.QuerySet[models.Model]:
    return table.model._default_manager.all()
