"""A restored backup brings back who was erased; the register of erasures sends them away again."""

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mainstay.customers.models import Contact, Customer
from mainstay.customers.privacy import queries, register
from mainstay.customers.privacy.models import Case
from mainstay.records.models import AuditEvent
from tests.factories.customers import ContactFactory, CustomerFactory
from tests.factories.erasing import erase

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return register.path()


def put_back(*people: Any) -> None:
    """Do what restoring a backup does: the rows are there as they were, the cases are not."""
    Case.objects.all().delete()
    for person in people:
        made = person.created_at
        person.save(force_insert=True)
        type(person).objects.filter(pk=person.pk).update(created_at=made)


def said(*options: str) -> str:
    out = StringIO()
    call_command("privacy_repeat_erasures", *options, stdout=out)
    return out.getvalue()


def test_who_came_back_is_erased_again_once(now: datetime, kept: Path) -> None:
    anna = CustomerFactory(name="Anna Back", email="anna@x.pl")
    bert = ContactFactory(name="Bert Back")
    erase(anna, now)
    erase(bert, now)
    assert "Back" not in kept.read_text()
    assert "x.pl" not in kept.read_text()
    put_back(anna, bert)

    assert "2 erasures in the register: 2 are back" in said("--dry-run")
    assert Customer.objects.filter(name="Anna Back").exists()
    assert "2 erased again, 0 gone already" in said()

    assert not Customer.objects.exists()
    assert not Contact.objects.exists()
    assert list(queries.erased_among("email", ["anna@x.pl"])) == ["anna@x.pl"]
    assert set(Case.objects.values_list("state", "kind")) == {("done", "erasure")}
    assert AuditEvent.objects.filter(verb="privacy_case.repeated").count() == 2
    assert "2 erasures in the register: 0 erased again, 2 gone already" in said()


def test_a_newcomer_with_the_same_number_is_left_alone(now: datetime) -> None:
    anna = CustomerFactory(name="Anna")
    erase(anna, now)
    anna.name, anna.created_at = "Newcomer", anna.created_at + timedelta(days=1)
    put_back(anna)

    assert "Left alone: 1. Their numbers belong to somebody else now" in said()

    assert Customer.objects.get().name == "Newcomer"


def test_a_register_that_is_missing_or_damaged_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no register at"):
        said()
    damaged = tmp_path / "copy.jsonl"
    damaged.write_text("{}\n")
    with pytest.raises(CommandError, match="Line 1 of"):
        said("--register", str(damaged))
