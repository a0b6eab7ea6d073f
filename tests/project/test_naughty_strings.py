"""Naughty strings typed into every field of every form and sent in every text of the API.

Forms are found by the site's routes and by following links, operations in the OpenAPI document: a
new one is in by itself, and a form that no page shows is named. MAINSTAY_ALL_CORPORA=1 sends every
string everywhere.
"""

import copy
import json
import os
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import NoReverseMatch, reverse

from mainstay.account_plans.models import Candidate, Criterion, Selection
from mainstay.customers.capture.models import Capture, CaptureForm, FormField, Touchpoint
from mainstay.customers.mail.models import Intake, Mailbox, Skipped
from mainstay.customers.models import AcquisitionCampaign, AcquisitionChannel
from mainstay.customers.privacy.models import Case, Purpose
from mainstay.customers.profiling.models import Question
from mainstay.customers.quality.models import Finding
from mainstay.customers.segments.models import Segment
from mainstay.orders.models import ProductCategory
from mainstay.project.api import api
from mainstay.shared.rest import limits
from tests.api import ApiClient
from tests.factories.customers import (
    AffiliationFactory,
    CustomerFactory,
    InteractionFactory,
)
from tests.factories.events import EndpointFactory
from tests.factories.orders import ProductFactory
from tests.factories.profitability import costed
from tests.factories.value import NOW, buy, computed_run
from tests.people.test_access_matrix import ROUTES
from tests.project import world_of_key_accounts as key_accounts
from tests.project.crawling import forms_of

pytestmark = [pytest.mark.django_db, pytest.mark.shared_data]

EACH = 600 if os.environ.get("MAINSTAY_ALL_CORPORA") else 2  # strings for each field
# Not for the administrator's eyes: shown to a guest, or the parts of other forms.
ELSEWHERE = {"ExampleForm", "JoinForm", "OpinionForm", "PublicForm", "RemarkForm", "SayForm"}
NUMBERS_ONLY = {
    "/api/v1/value/calculator",
    "/api/v1/capture/captures/{capture_id}/accept",
    "/api/v1/customers/{customer_id}/recommendation",
    "/api/v1/duplicates/thresholds",
    "/api/v1/key-accounts/{customer_id}/buying-centre/influences",
    "/api/v1/merges/{merge_id}/undo",
    "/api/v1/segments/{segment_id}/members",
    "/api/v1/webhooks/{webhook_id}/secret",
}


@pytest.fixture
def naughty(shared_file: Callable[[str], Path]) -> Iterator[str]:
    strings = json.loads(shared_file("corpora/blns/blns.json").read_text())
    return cycle(strings[::-1])


@pytest.fixture
def world(administrator: Any) -> Any:
    """One customer with something of everything, valued and costed."""
    customer = CustomerFactory(owner=administrator)
    InteractionFactory(customer=customer)
    AffiliationFactory(customer=customer)
    product = ProductFactory()
    buy(customer, NOW, 5000, of=product.source, product=product, cost=3000)
    # Of the customer's number, by which pages are looked for.
    channel = AcquisitionChannel.objects.create(pk=customer.pk, name="Fair")
    AcquisitionCampaign.objects.create(pk=customer.pk, name="Spring", channel=channel)
    ProductCategory.objects.create(name="Tools")
    Question.objects.create(text="Who decides?", worth=100)
    form = CaptureForm.objects.create(pk=customer.pk, name="Guide", title="Our guide")
    place = Touchpoint.objects.create(pk=customer.pk, form=form, name="Hotline", token="x")
    FormField.objects.create(form=form, position=0, kind="email")
    Capture.objects.create(
        pk=customer.pk, touchpoint=place, nonce="x", email="a@example.com", captured_at=NOW
    )
    Segment.objects.create(pk=customer.pk, name="Fair", kind="static", owner=administrator)
    Finding.objects.create(pk=customer.pk, customer=customer, rule="no_email", found_at=NOW)
    EndpointFactory(pk=customer.pk, owner=administrator, wants=["order.created"])
    Purpose.objects.create(pk=customer.pk, name="News")
    day = {"received_on": NOW.date(), "due_on": NOW.date()}
    Case.objects.create(pk=customer.pk, customer_id=customer.pk, kind="access", **day)
    chosen = Selection.objects.create(pk=customer.pk, name="Key accounts")
    Criterion.objects.create(selection=chosen, name="Image", weight=0.5)
    Criterion.objects.create(selection=chosen, name="Network", weight=0.5)
    Candidate.objects.create(selection=chosen, customer=customer, added_at=NOW)
    key_accounts.plan_for(customer)
    read = Intake.objects.create(pk=customer.pk, file_name="box.mbox", state="done")
    Skipped.objects.create(
        pk=customer.pk, intake=read, place=1, why="unknown", email="ada@port.example"
    )
    Mailbox.objects.create(
        pk=customer.pk, name="Sales", host="127.0.0.1", user="sales", folders=["INBOX"],
        since=NOW.date(), variable="MAINSTAY_MAIL_SALES",
    )  # fmt: skip
    computed_run()
    costed()
    return customer


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Names of the forms that were given data."""
    names: set[str] = set()
    clean = forms.BaseForm.full_clean

    def noting(form: forms.BaseForm) -> None:
        if form.is_bound:
            names.add(type(form).__name__)
        clean(form)

    monkeypatch.setattr(forms.BaseForm, "full_clean", noting)
    return names


def addresses(number: int) -> list[str]:
    """Return every page that needs nothing, or a number, to be found."""
    found = []
    for name, (_path, arguments) in ROUTES.items():
        given = {key: number if value == 1 else value for key, value in arguments.items()}
        try:
            found.append(reverse(name, kwargs=given))
        except NoReverseMatch:
            continue
    return found


def typed_forms(parent: type = forms.BaseForm) -> set[str]:
    """Return our forms with a field to type into."""
    found = set()
    for form in parent.__subclasses__():
        fields = getattr(form, "base_fields", {}).values()
        texts = any(isinstance(field, forms.CharField) for field in fields)
        ours = form.__module__.startswith("mainstay.")
        if ours and texts and not form.__subclasses__():
            found.add(form.__name__)
        found |= typed_forms(form)
    return found


def test_every_field_of_every_form_takes_them_or_says_no(
    administrator: Any,
    world: Any,
    signed_in: Callable[[Any], Client],
    naughty: Iterator[str],
    bound: set[str],
) -> None:
    client = signed_in(administrator)
    moved = f"{reverse('value:what_if')}?margin=50"  # levers are kept once one is moved
    found = list(forms_of(client, [moved, *key_accounts.pages(world.pk), *addresses(world.pk)]))

    for form in found:
        client.force_login(administrator)
        for name in form.typed:
            for text in islice(naughty, EACH):
                answer = form.send(client, {name: text})
                assert answer.status_code < 500, (form.action, name, text)

    assert typed_forms() - bound - ELSEWHERE == set(), "no page shows these forms"
    assert len(found) > 15


# -- the API


DOCUMENT = json.loads(json.dumps(api.get_openapi_schema(), default=str))
WRITES = [
    (method, path, operation["requestBody"]["content"]["application/json"]["schema"])
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
    if "application/json" in operation.get("requestBody", {}).get("content", {})
]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return resolved(DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]])
    for way in ("anyOf", "allOf"):
        if way in schema:
            return resolved(schema[way][0])
    return schema


def sample(schema: dict[str, Any]) -> Any:
    """Return a value of the schema with all its fields."""
    schema = resolved(schema)
    match schema.get("type"):
        case "object":
            return {name: sample(each) for name, each in schema.get("properties", {}).items()}
        case "array":
            return [sample(schema["items"])]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
    if "enum" in schema:
        return schema["enum"][0]
    return "2026-03-05T10:00:00Z" if schema.get("format") == "date-time" else "EUR"


def places(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield where the texts of a sample lie."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        if isinstance(each, dict | list):
            yield from places(each, (*before, key))
        elif isinstance(each, str):
            yield (*before, key)


def replaced(value: Any, place: tuple[Any, ...], text: str) -> Any:
    value = copy.deepcopy(value)
    inner = value
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = text
    return value


@pytest.mark.parametrize(("method", "path", "schema"), WRITES, ids=lambda each: str(each)[:60])
def test_every_text_of_the_api_takes_them_or_says_no(
    administrator: Any,
    naughty: Iterator[str],
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    schema: dict[str, Any],
) -> None:
    monkeypatch.setattr(limits, "REQUESTS_PER_MINUTE", 10**9)
    client = ApiClient(administrator)
    customer = CustomerFactory()
    address = path.removeprefix("/api/v1").replace("{", "%(").replace("}", ")s")
    address = address % dict.fromkeys(_names(path), customer.pk)
    body = sample(schema)
    assert list(places(body)) or path in NUMBERS_ONLY, "no text in this body?"

    for place in places(body):
        for text in islice(naughty, EACH):
            answer = client.post(address, replaced(body, place, text), method=method)
            assert answer.status_code < 500, (place, text)
            assert answer.status_code < 400 or answer.json()["detail"], (place, text)


def _names(path: str) -> list[str]:
    return [part.strip("{}") for part in path.split("/") if part.startswith("{")]
