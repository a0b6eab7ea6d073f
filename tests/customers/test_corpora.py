"""What strangers collected to break text fields: stored as typed, or refused in a sentence."""

import json
import os
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from mainstay.customers import actions, rules
from mainstay.customers.models import Contact, Customer, Interaction
from tests.conftest import ROOT
from tests.factories.customers import CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.shared_data]
SignedIn = Callable[[Any], Client]


def corpus(name: str) -> Path:
    shared = Path(os.environ.get("MAINSTAY_SHARED", ROOT.parent / "shared"))
    path = shared / "corpora" / name
    if not path.exists():
        pytest.skip(f"the corpus {name} is not on this machine (MAINSTAY_SHARED)")
    return path


@pytest.fixture
def naughty() -> list[str]:
    strings: list[str] = json.loads(corpus("blns/blns.json").read_text())
    return [text for text in strings if text.strip()]


def stored_or_refused(write: Callable[[str], Any], read: Callable[[Any], str], text: str) -> None:
    sentences, row = [], None
    try:
        row = write(text)
    except ValidationError as refusal:
        sentences = refusal.messages
    if row is None:
        assert all(len(sentence) > 10 for sentence in sentences), text
    else:
        row.refresh_from_db()
        assert read(row) == text.strip()


def test_naughty_strings_through_every_text_of_a_customer(
    manager: Any, now: datetime, naughty: list[str]
) -> None:
    fields = ("name", "city", "website", "industry", "tax_number", "description", "particulars")
    for number, text in enumerate(naughty):
        field = fields[number % len(fields)]
        stored_or_refused(
            lambda text, field=field: actions.add_customer(
                by=manager, now=now, values={"name": "Firma", field: text}
            ),
            lambda row, field=field: str(getattr(row, field)),
            text,
        )
    assert Customer.objects.count() > len(naughty) // 2


def test_naughty_strings_as_contacts_tags_and_interactions(
    manager: Any, now: datetime, naughty: list[str]
) -> None:
    customer = CustomerFactory()
    for text in naughty[::5]:
        stored_or_refused(
            lambda text: actions.add_contact(by=manager, now=now, values={"name": text}),
            lambda row: str(row.name),
            text,
        )
        stored_or_refused(
            lambda text: actions.add_interaction(
                by=manager, now=now, customer=customer, values={"channel": "note", "subject": text}
            ),
            lambda row: str(row.subject),
            text,
        )
    assert Contact.objects.exists()
    assert Interaction.objects.exists()


def test_naughty_strings_in_search_and_addresses_of_lists(
    manager: Any, signed_in: SignedIn, naughty: list[str]
) -> None:
    CustomerFactory()
    client = signed_in(manager)
    for text in naughty[::9]:
        for name in ("q", "sort", "columns", "after", "industry"):
            assert client.get("/customers/", {name: text}).status_code == 200, (name, text)
        assert client.get("/find/", {"q": text}).status_code == 200, text


def test_naughty_strings_come_back_from_the_form(
    manager: Any, signed_in: SignedIn, naughty: list[str]
) -> None:
    client = signed_in(manager)
    for text in naughty[::25]:
        data = {"kind": "organisation", "name": text, "email": text, "phone": text}
        assert client.post("/customers/add/", data).status_code in (200, 302), text


def test_e_mail_addresses_are_kept_in_one_form_or_refused() -> None:
    tree = ET.parse(corpus("isemail/test/tests.xml"))  # noqa: S314  the corpus is our own copy
    kept, refused = 0, 0
    for case in tree.iter("test"):
        address = case.findtext("address") or ""
        try:
            kept += bool(rules.normalised_email(address))
        except rules.Refused:
            refused += 1
            # Valid by the letter, but no name in the world is an address without a dot.
            assert case.findtext("diagnosis") != "ISEMAIL_VALID" or address == "test@io"
    assert kept >= 15
    assert refused >= 90


def test_telephone_numbers_are_kept_in_one_form_or_refused() -> None:
    cases = json.loads(corpus("phonenumbers/examples.json").read_text())
    for case in cases:
        try:
            found = rules.normalised_phone(case["e164"])
        except rules.Refused:
            assert not case["valid"], case
            continue
        assert "".join(filter(str.isdigit, found)) == case["e164"][1:], case
        if case["valid"]:
            national = rules.normalised_phone(case["national"], case["region"])
            assert national == found, case
