"""Pages of data quality, and the same over the API and on the command line."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from mainstay.customers.quality import actions
from mainstay.customers.quality.models import Finding, Run
from tests.api import ApiClient
from tests.conftest import NOW
from tests.factories.customers import AffiliationFactory, ContactFactory, CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def firma(owner):
    customer = CustomerFactory(name="Firma", owner=owner, team=owner.team)
    contact = ContactFactory(name="Anna", phone="+48 22 52")
    AffiliationFactory(customer=customer, contact=contact)
    actions.run_now(now=NOW)
    return customer


def finding(rule):
    return Finding.objects.get(rule=rule)


def test_before_a_check_the_page_says_what_one_does(signed_in, manager):
    page = signed_in(manager).get("/quality/").content.decode()

    assert "not checked yet" in page
    assert "Check the file now" in page


def test_the_overview_names_what_is_wanting_and_by_source(signed_in, owner, firma):
    page = signed_in(owner).get("/quality/").content.decode()

    assert "Too few contacts" in page
    assert "typed in by hand" in page
    assert "Check the file now" not in page


def test_the_card_leads_to_what_puts_it_right(signed_in, owner, firma):
    client = signed_in(owner)
    page = client.get(f"/customers/{firma.pk}/").content.decode()
    address = reverse("quality:at_customer", args=[firma.pk, "no_email"])
    assert address in page

    answer = client.get(address, follow=True)
    row = finding("no_email")
    assert answer.redirect_chain[-1][0] == reverse("quality:finding", args=[row.pk])
    answer = client.post(answer.redirect_chain[-1][0], {"email": "office@firma.pl"}, follow=True)

    assert "Put right" in answer.content.decode()
    firma.refresh_from_db()
    assert firma.email == "office@firma.pl"


def test_a_contact_is_put_right_where_it_was_found(signed_in, owner, firma):
    row = finding("bad_phone")
    client = signed_in(owner)
    address = reverse("quality:finding", args=[row.pk])

    refused = client.post(address, {"phone": "twelve"}).content.decode()
    saved = client.post(address, {"phone": "+48 10 000 00 00"}, follow=True).content.decode()
    client.post(address, {"phone": "+48 22 520 11 11"})

    assert "not a telephone number" in refused
    assert "not met yet" in saved
    row.refresh_from_db()
    assert (row.state, row.closed_by) == ("fixed", owner)


def test_the_worklist_is_filtered_searched_assigned_and_cleared(signed_in, owner, firma):
    client = signed_in(owner)
    shown = client.get("/quality/worklist/?rule=no_email&q=firma").content.decode()
    assert "No e-mail address" in shown
    assert "Anna" not in client.get("/quality/worklist/?group=stale").content.decode()

    row = finding("no_email")
    sent = {"row": [row.pk], "action": "assign", "value-assign": owner.pk}
    client.post("/quality/worklist/", sent)
    client.post("/quality/worklist/", {"row": [row.pk], "action": "ignore", "value-ignore": "Fax"})

    row.refresh_from_db()
    assert (row.assignee, row.state, row.reason) == (owner, "ignored", "Fax")


def test_a_stranger_sees_no_finding(signed_in, stranger, firma):
    client = signed_in(stranger)

    assert client.get(reverse("quality:finding", args=[finding("no_email").pk])).status_code == 404
    assert "Firma" not in client.get("/quality/worklist/").content.decode()
    assert client.get(f"/quality/customers/{firma.pk}/no_email/").status_code == 404


def test_customers_are_sorted_and_filtered_by_their_score(signed_in, owner, firma):
    good = CustomerFactory(name="Unchecked", owner=owner)
    client = signed_in(owner)

    query = "quality_from=1&quality_up_to=90&columns=quality&sort=quality"
    page = client.get(f"/customers/?{query}").content.decode()

    assert "Firma" in page
    assert good.name not in page


def test_a_rule_is_changed_on_its_page(signed_in, manager):
    client = signed_in(manager)
    sent = {"enabled": "on", "weight": 7, "limit": 4, "kind": "organisation", "classes": "a b"}

    client.post("/quality/rules/few_contacts/", sent)

    page = client.get("/quality/rules/").content.decode()
    assert "4 contacts at least" in page
    assert "class A, B" in page
    assert client.get("/quality/rules/nonsense/").status_code == 404


def test_the_command_says_what_it_found(capsys, firma):
    call_command("quality_run")

    told = capsys.readouterr().out
    assert "customers: 1, score" in told
    assert "Too few contacts: 1" in told
    assert Run.objects.count() == 2


def test_the_api_reads_decides_and_notes(owner, manager, firma):
    row, api = finding("no_email"), ApiClient(owner)
    assert api.get(f"/quality/customers/{firma.pk}").json()["flaws"][0] == "no_email"
    listed = api.get(f"/quality/findings?rule=no_email&customer_id={firma.pk}").json()["items"]
    assert [each["label"] for each in listed] == ["No e-mail address"]

    body = {"state": "ignored", "reason": "Letters only", "assignee": owner.email}
    answer = api.post(f"/quality/findings/{row.pk}", body, method="patch").json()
    refused = api.post("/quality/bounces", {"emails": ["nonsense"]})

    assert (answer["state"], answer["assignee"]) == ("ignored", owner.email)
    assert refused.status_code == 422
    assert ApiClient(manager).get("/quality/runs").json()["items"][0]["customers"] == 1
