"""`mainstay value run`: bad input gives one sentence, exit code 1 and no run."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mainstay.value.models import ValueRun
from tests.factories.customers import SourceFactory
from tests.factories.value import buying_customers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_it_computes_and_shows_a_run() -> None:
    buying_customers(5)
    out = StringIO()

    call_command("value", "run", "--as-of", "2026-03-01", stdout=out)

    run = ValueRun.objects.get()
    assert (str(run.as_of), run.is_current) == ("2026-03-01", True)
    assert "5 customers valued" in out.getvalue() or "customers valued" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--as-of", "nonsense"], "“nonsense” is no day"),
        (["--as-of", "2026-02-30"], "is no day"),
        (["--as-of", "2999-01-01"], "lies in the future"),
        (["--source", "ftp://shop"], "names no known source"),
        (["--source", "nonsense"], "names no known source"),
        (["--source", "parquet:/nowhere"], "There is nothing at /nowhere"),
        (["--source", "duckdb:///nowhere.db"], "There is no database file"),
        (["--source", "parquet:/" + "x" * 600], "too long"),
        (["--source", "parquet:/tmp", "--source-name", "Nobody"], "Known sources: Shop"),
        (["--source-name", "Shop"], "only goes with the address"),
    ],
)
def test_bad_input_gives_one_sentence(arguments: list[str], words: str) -> None:
    SourceFactory(name="Shop")

    with pytest.raises(CommandError, match=words) as refused:
        call_command("value", "run", *arguments)

    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value)
    assert not ValueRun.objects.filter(is_current=True).exists()
