"""What every test may ask for: a safe place, a clock, people in their roles, the cast."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import time_machine
from django.conf import LazySettings
from django.db import transaction
from django.test import Client, override_settings

from tests import databases

ROOT = Path(__file__).resolve().parent.parent

# A busy machine is slow, which is no failure of a property.
hypothesis.settings.register_profile("mainstay", deadline=None)
hypothesis.settings.load_profile("mainstay")

# Thursday; so a test that means "today" says which day that is.
NOW = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out the tests that know no database: on another one they tell the same",
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite in a file, as in production: in memory it locks differently. Let tests wait."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite"):
        folder = tmp_path_factory.mktemp("database")
        default.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
        default["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    else:
        # A test is one transaction; on a busy machine it may think for more than a minute.
        default["OPTIONS"]["options"] += " -c idle_in_transaction_session_timeout=0"
    if suffix := getattr(request.config, "workerinput", {}).get("workerid"):
        from pytest_django.fixtures import _set_suffix_to_test_databases

        _set_suffix_to_test_databases(suffix=suffix)


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None, django_db_keepdb: bool
) -> bool:
    """Begin with the base that was kept for these migrations."""
    from django.conf import settings

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        if request.config.getvalue("create_db"):
            return False
        return databases.begin_with(Path(settings.DATABASES["default"]["TEST"]["NAME"]))
    return django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Keep the base for the next process."""
    from django.db import connection

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            databases.keep(connection)


def places(folder: Path) -> dict[str, Any]:
    return {
        "DATA_DIR": folder,
        "MEDIA_ROOT": folder / "files",
        "MIRROR_URL": f"parquet:{folder / 'mirror'}",
    }


@pytest.fixture(autouse=True)
def safe_place(request: pytest.FixtureRequest, settings: LazySettings, tmp_path: Path) -> None:
    """Nothing a test writes reaches the checkout, and sign-in costs no seconds."""
    for name, value in places(tmp_path).items():
        setattr(settings, name, value)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    if "module_base" in request.fixturenames:
        folder = request.getfixturevalue("module_folder")
        shutil.copytree(folder, tmp_path, dirs_exist_ok=True)


# -- a base that the tests of a module share


@pytest.fixture(scope="module")
def module_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("base")


@pytest.fixture(scope="module")
def module_base(
    django_db_setup: None, django_db_blocker: Any, module_folder: Path
) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """A transaction around the tests of a module. `with module_base():` writes into it what they
    share, at NOW; each test gets a copy of the files, and what it writes itself is rolled back.
    """

    @contextmanager
    def written() -> Iterator[None]:
        with override_settings(**places(module_folder)), time_machine.travel(NOW, tick=False):
            yield

    with django_db_blocker.unblock(), transaction.atomic():
        yield written
        transaction.set_rollback(True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run who wants less of a shared base before who wants more of it, all in one process."""
    if config.getoption("only_database"):
        _leave_out(config, items, [item for item in items if not _knows_the_database(item)])
    ordered: list[pytest.Item] = []
    for module, group in groupby(items, lambda item: item.location[0]):
        several = sorted(group, key=lambda item: len(_wants_of_base(item)))
        _check(module, several)
        ordered += several
    for item in ordered:
        if len(_wants_of_base(item)) > LITTLE:
            item.add_marker(pytest.mark.xdist_group(item.location[0]))
    items[:] = ordered


def _knows_the_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db", "django_db_setup", "live_server"}
    marked = item.get_closest_marker("django_db") is not None
    return marked or not asked.isdisjoint(getattr(item, "fixturenames", ()))


def _leave_out(config: pytest.Config, items: list[pytest.Item], left: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=left)
    gone = set(left)
    items[:] = [item for item in items if item not in gone]


LITTLE = 3  # the folder, the transaction and one person


def _wants_of_base(item: pytest.Item) -> set[str]:
    return {name for name in getattr(item, "fixturenames", []) if name.startswith("module_")}


def _check(module: str, items: list[pytest.Item]) -> None:
    """A shared base only grows: what one test wants, those after it find there."""
    for item, following in pairwise(items):
        if strange := _wants_of_base(item) - _wants_of_base(following):
            names = ", ".join(sorted(strange))
            text = f"{module}: {following.name} would find {names}; write its base in the test"
            raise pytest.UsageError(text)


@pytest.fixture(autouse=True)
def flushable(request: pytest.FixtureRequest) -> None:
    """Let a test that commits empty the database afterwards: the audit log refuses to forget."""
    marker = request.node.get_closest_marker("django_db")
    commits = marker and (marker.kwargs.get("transaction") or True in marker.args[:1])
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        from django.db import connection

        from mainstay.records import triggers

        triggers.remove(connection)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock stands at NOW; `clock.shift(seconds)` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


# -- people


def _person(role: str) -> Any:
    @pytest.fixture(name=role)
    def person(db: None) -> Any:
        from tests.factories.people import UserFactory

        return UserFactory(role=role)

    return person


administrator = _person("administrator")
manager = _person("manager")
account_manager = _person("account_manager")
service_agent = _person("service_agent")
analyst = _person("analyst")
read_only = _person("read_only")


@pytest.fixture
def owner(db: None) -> Any:
    """The account manager whose customers the test is about."""
    from tests.factories.people import UserFactory

    return UserFactory(name="Olga Owner", role="account_manager")


@pytest.fixture
def colleague(owner: Any) -> Any:
    """An account manager of the owner's team."""
    from tests.factories.people import UserFactory

    return UserFactory(name="Carl Colleague", role="account_manager", team=owner.team)


@pytest.fixture
def stranger(db: None) -> Any:
    """An account manager of another team, who must see nothing of the owner's."""
    from tests.factories.people import UserFactory

    return UserFactory(name="Stan Stranger", role="account_manager")


@pytest.fixture
def signed_in() -> Callable[[Any], Client]:
    """Return a client for the person: signed_in(owner).get(…)."""

    def client_of(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


# -- real data


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of real data and corpora beside the repository, or a skip that names it."""
    folder = Path(os.environ.get("MAINSTAY_SHARED", ROOT.parent / "shared")).resolve()
    if not (folder / "data").is_dir():
        pytest.skip(f"no shared data in {folder} (set MAINSTAY_SHARED)")
    return folder


@pytest.fixture(scope="session")
def shared_file(shared_folder: Path) -> Callable[[str], Path]:
    """Return the path of one real file, or skip naming it."""

    def path_of(name: str) -> Path:
        path = shared_folder / name
        if not path.exists():
            pytest.skip(f"{name} is not in {shared_folder}")
        return path

    return path_of
