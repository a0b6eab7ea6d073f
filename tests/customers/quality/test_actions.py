"""Checking the file and deciding on what was found."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mainstay.customers.models import Address, Customer
from mainstay.customers.quality import actions, published, queries
from mainstay.customers.quality.models import Finding, RuleSetting, Run, Score
from mainstay.customers.quality.tasks import check_when_due
from mainstay.records.models import AuditEvent
from tests.conftest import NOW
from tests.factories.customers import AffiliationFactory, ContactFactory, CustomerFactory

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def firma(owner):
    customer = CustomerFactory(
        name="Firma", owner=owner, team=owner.team, email="office@firma.pl", city="Łódź",
        tax_number="5261040829", industry="Printing", phone="+48 22 520 11 11",
    )  # fmt: skip
    for _turn in range(3):
        AffiliationFactory(customer=customer, contact=ContactFactory(email="a@firma.pl"))
    return customer


def rules_at(customer, state="open"):
    return sorted(
        Finding.objects.filter(customer=customer, state=state).values_list("rule", flat=True)
    )


def test_a_check_finds_scores_and_tells_what_came_of_it(firma):
    CustomerFactory(archived_at=NOW)

    run = actions.run_now(now=NOW)

    assert rules_at(firma) == ["bad_tax_number"]
    score = Score.objects.get()
    assert (score.customer, score.flaws) == (firma, "bad_tax_number")
    assert (run.customers, run.flawless, run.total, run.found) == (1, 0, score.score, 1)
    assert run.rules == {"bad_tax_number": 1}
    assert run.sources == [["", 1, score.score, score.score**2]]


def test_checking_again_changes_nothing_and_closes_what_is_gone(firma):
    actions.run_now(now=NOW)
    again = actions.run_now(now=NOW + timedelta(days=1))
    assert (again.found, again.fixed, Finding.objects.count()) == (0, 0, 1)

    Customer.objects.update(tax_number="5261040828")
    third = actions.run_now(now=NOW + timedelta(days=2))

    assert (third.fixed, third.flawless) == (1, 1)
    assert rules_at(firma, "fixed") == ["bad_tax_number"]


def test_what_comes_back_is_open_again(firma):
    actions.run_now(now=NOW)
    Customer.objects.update(tax_number="5261040828")
    actions.run_now(now=NOW + timedelta(days=1))
    Customer.objects.update(tax_number="5261040827")

    actions.run_now(now=NOW + timedelta(days=2))

    assert rules_at(firma) == ["bad_tax_number"]
    assert Finding.objects.get().detail == "5261040827"


def test_putting_right_on_the_spot_says_who_did_it(firma, owner):
    actions.run_now(now=NOW)

    actions.fix_customer(
        by=owner, now=NOW, customer=firma, values={"tax_number": "5261040828"}, today=TODAY
    )

    row = Finding.objects.get()
    assert (row.state, row.closed_by) == ("fixed", owner)
    assert Score.objects.get().score == 100


def test_no_error_needs_a_reason_and_lifts_the_score(firma, owner):
    actions.run_now(now=NOW)
    pk = Finding.objects.get().pk
    with pytest.raises(ValidationError, match="why"):
        actions.ignore(by=owner, now=NOW, ids=[pk], reason=" ")

    actions.ignore(by=owner, now=NOW, ids=[pk], reason="A branch abroad")

    assert (Finding.objects.get().state, Score.objects.get().score) == ("ignored", 100)
    assert AuditEvent.objects.get(verb="quality.ignored").new["reason"] == "A branch abroad"
    actions.run_now(now=NOW + timedelta(days=1))
    assert Finding.objects.get().state == "ignored"
    actions.reopen(by=owner, now=NOW, ids=[pk])
    assert Score.objects.get().score < 100


def test_a_stranger_changes_nothing(firma, stranger, read_only):
    actions.run_now(now=NOW)
    pk = Finding.objects.get().pk

    assert actions.assign(by=stranger, now=NOW, ids=[pk], assignee=stranger) == 0
    assert queries.finding(stranger, pk) is None
    with pytest.raises(PermissionDenied):
        actions.assign(by=read_only, now=NOW, ids=[pk], assignee=None)


def test_an_old_record_is_fresh_when_somebody_says_it_is_right(firma, owner):
    Customer.objects.update(updated_at=NOW - timedelta(days=900))
    actions.run_now(now=NOW)
    assert "stale" in rules_at(firma)

    actions.confirm(by=owner, now=NOW, customer=firma, today=TODAY)

    assert "stale" not in rules_at(firma)


def test_returned_mail_and_wrong_postcodes_are_found_where_they_are(firma, service_agent):
    address = Address.objects.create(customer=firma, postcode="0095", country="PL")
    actions.note_bounces(by=service_agent, now=NOW, emails=["A@firma.pl", " "])

    actions.run_now(now=NOW)

    rows = Finding.objects.order_by("rule", "pk")
    assert [row.rule for row in rows] == ["bad_postcode", "bad_tax_number", *["bounced"] * 3]
    assert rows[0].address == address
    assert len({row.contact_id for row in rows[2:]}) == 3
    with pytest.raises(ValidationError, match="is not an e-mail address"):
        actions.note_bounces(by=None, now=NOW, emails=["<script>"])


def test_rules_are_switched_weighed_and_kept_to_classes(firma, manager, monkeypatch):
    monkeypatch.setattr(published, "_classes", [lambda ids: {firma.pk: "B"}])
    values = {"enabled": True, "weight": 50, "kind": "", "classes": "A", "limit": None}
    actions.change_rule(by=manager, now=NOW, key="bad_tax_number", values=values)
    assert actions.run_now(now=NOW).rules == {}

    actions.change_rule(by=manager, now=NOW, key="bad_tax_number", values={"classes": "AB"})

    assert actions.run_now(now=NOW).rules == {"bad_tax_number": 1}
    with pytest.raises(ValidationError, match="letters"):
        actions.change_rule(by=manager, now=NOW, key="stale", values={"classes": "Z"})
    assert RuleSetting.objects.count() == 1


def test_the_file_is_checked_when_it_is_time(firma, clock, manager):
    assert check_when_due.func() is True
    assert check_when_due.func() is False
    Run.objects.update(finished_at=NOW)
    clock.shift(timedelta(days=7))
    assert check_when_due.func() is True

    Run.objects.all().delete()
    actions.change_plan(by=manager, now=NOW, values={"every_days": 0})
    assert check_when_due.func() is False
    with pytest.raises(PermissionDenied):
        actions.start(by=firma.owner, now=NOW)
