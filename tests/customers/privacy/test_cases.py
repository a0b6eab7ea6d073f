"""A request about personal data, from receipt to answer."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from mainstay.customers.privacy import actions
from mainstay.customers.privacy.models import Case, Package
from tests.factories.customers import AffiliationFactory, CustomerFactory, InteractionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(manager: Any, now: datetime) -> Case:
    customer = CustomerFactory(name="=cmd()|Weaver")
    AffiliationFactory(customer=customer, contact__name="Ada Weaver")
    InteractionFactory(customer=customer, subject="Asked for blue yarn")
    day = date(2026, 3, 1)
    return actions.open_case(by=manager, now=now, person=customer, kind="access", received_on=day)


def test_nothing_is_handed_out_before_the_identity_is_checked(
    case: Case, manager: Any, now: datetime
) -> None:
    with pytest.raises(ValidationError, match="at “Received”"):
        actions.start(by=manager, now=now, case=case)

    assert case.due_on == date(2026, 4, 1)


def test_the_copy_holds_everything_as_json_and_as_tables(
    case: Case, manager: Any, now: datetime, signed_in: Any, clock: Any
) -> None:
    actions.check_identity(by=manager, now=now, case=case, identity_by="Passport")
    started = actions.start(by=manager, now=now, case=case)
    actions.pack(case=started, now=now)

    answer = signed_in(manager).get(reverse("privacy:package", args=[case.pk]))

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    data = json.loads(archive.read("data.json"))["data"]
    assert data["customers.customer"]["rows"][0]["name"] == "=cmd()|Weaver"
    assert data["customers.interaction"]["rows"][0]["subject"] == "Asked for blue yarn"
    assert data["customers.contact"]["rows"][0]["name"] == "Ada Weaver"
    assert "'=cmd()|Weaver" in archive.read("customers.customer.csv").decode()
    actions.forget_packages(now=now + timedelta(days=31))
    assert not Package.objects.exists()


def test_more_time_and_a_refusal_need_a_reason(case: Case, manager: Any, now: datetime) -> None:
    with pytest.raises(ValidationError):
        actions.refuse(by=manager, now=now, case=case, because=" ")

    actions.extend(by=manager, now=now, case=case, because="Very many records")
    actions.refuse(by=manager, now=now, case=case, because="Asked the third time this month")

    case.refresh_from_db()
    assert (case.due_on, case.state) == (date(2026, 6, 1), "refused")


def test_only_who_answers_for_data_opens_a_case(owner: Any, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        actions.open_case(
            by=owner, now=now, person=CustomerFactory(), kind="erasure", received_on=now.date()
        )


def test_a_restricted_customer_says_so_on_its_page(
    case: Case, manager: Any, now: datetime, signed_in: Any
) -> None:
    customer = AffiliationFactory(customer__name="Disputed").customer
    actions.restrict(by=manager, now=now, customer=customer, restricted=True)

    page = signed_in(manager).get(reverse("cockpit:customer", args=[customer.pk]))

    assert "Processing is restricted" in page.content.decode()


def test_every_page_of_personal_data_opens(case: Case, manager: Any, signed_in: Any) -> None:
    client = signed_in(manager)
    names = ("cases", "purposes", "add_purpose", "register")
    pages = [reverse(f"privacy:{name}") for name in names]
    pages += [reverse("privacy:case", args=[case.pk])]
    pages += [reverse("privacy:person", args=["customer", case.customer_id])]

    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
