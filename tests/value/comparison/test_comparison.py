"""Which model: on the page, over the API and on the command line."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from mainstay.value import actions
from tests.factories.value import AS_OF, NOW, buying_customers, computed_run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def module_customers(module_base: Any, module_owner: Any) -> list[Any]:
    """Customers enough that more than a hundred were known half of the time ago."""
    with module_base():
        return buying_customers(260, owner=module_owner)


def test_the_page_shows_every_model_and_which_is_used(
    run: Any, owner: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(owner)

    with django_assert_max_num_queries(15):
        page = client.get(reverse("value:models")).content.decode()

    told = run.summary["comparison"]
    assert page.count('<tr><th scope="row">') >= len(told["models"]) + 2
    assert "tag-green" in page
    assert "log P" in page
    for model in told["models"]:
        assert model["title"] in page


def test_without_a_run_the_page_says_what_to_do(owner: Any, client: Client) -> None:
    client.force_login(owner)

    page = client.get(reverse("value:models")).content.decode()

    assert reverse("value:runs") in page


def test_a_run_uses_what_the_holdout_chose(run: Any) -> None:
    told = run.summary["comparison"]

    assert run.parameters["model"] == "best"
    assert told["used"] == told["chosen"]


def test_a_run_can_fix_the_model(customers: Any) -> None:
    run = computed_run(model="pareto_nbd")

    assert run.summary["comparison"]["used"] == "pareto_nbd"
    assert run.summary["models"]["purchases"]["name"] in {"Pareto/NBD", "NBD"}


def test_the_page_can_name_every_parameter(customers: Any, owner: Any, client: Client) -> None:
    computed_run(model="pareto_nbd")
    client.force_login(owner)

    assert client.get(reverse("value:models")).status_code == 200


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(actions.CannotRun, match=r"There is no model called btyd\. Known: best"):
        actions.add_run(by=None, as_of=AS_OF, model="btyd", now=NOW)
    with pytest.raises(CommandError, match="There is no model called btyd"):
        call_command("value", "run", "--as-of", AS_OF.isoformat(), "--model", "btyd")


def test_the_command_prints_the_table(run: Any) -> None:
    out = StringIO()

    call_command("value", "compare", stdout=out)

    said = out.getvalue()
    assert "log score" in said
    assert f"used: {run.summary['comparison']['used']}" in said
    assert said.count("±") == len(run.summary["comparison"]["models"])


def test_the_command_says_when_there_is_nothing() -> None:
    err = StringIO()

    call_command("value", "compare", stderr=err)

    assert "No value run is complete yet" in err.getvalue()
