from datetime import timedelta

import pytest

from mainstay.customers.lifecycle import actions
from mainstay.customers.lifecycle.actions.computing import compute
from mainstay.customers.lifecycle.models import Override
from mainstay.customers.models import Customer
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory, InteractionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FUNNEL = "/customers/lifecycle/"


@pytest.fixture
def base(owner):
    """Twenty-five suspects, ten of whom somebody talked to in time; all the owner's."""
    for number in range(25):
        customer = CustomerFactory(name=f"Firma {number:02d}", owner=owner, team=owner.team)
        Customer.objects.filter(pk=customer.pk).update(created_at=NOW - timedelta(days=800))
        if number < 10:
            InteractionFactory(customer=customer, occurred_at=NOW - timedelta(days=700 + number))
    compute(now=NOW)
    return Customer.objects.get(name="Firma 00")


def test_the_funnel_tells_counts_shares_and_times(base, manager, signed_in):
    page = signed_in(manager).get(FUNNEL)

    lines = {line["stage"]: line for line in page.context["lines"]}
    assert (lines["suspect"]["n"], lines["prospect"]["n"]) == (15, 10)
    assert lines["suspect"]["conversion"] == "40%"
    assert lines["suspect"]["conversion_detail"] == "10 of 25 · 23% – 59%"
    assert lines["prospect"]["conversion"] == "too few"
    assert lines["suspect"]["time_detail"].startswith("n = 25, 10 left")
    assert "Wilson" in page.content.decode()


def test_each_sees_the_counts_of_the_customers_within_reach(base, owner, stranger, signed_in):
    counts = {who: signed_in(who).get(FUNNEL).context["lines"][0]["n"] for who in (owner, stranger)}

    assert counts == {owner: 15, stranger: 0}


def test_who_sees_everybody_reads_the_computations_count_and_the_steps_since(
    base, owner, administrator, signed_in
):
    gone = Customer.objects.get(name="Firma 24")
    Customer.objects.filter(pk=gone.pk).update(archived_at=NOW)
    compute(now=NOW)
    said = {"stage": "client", "reason": "Bought at the fair", "until_date": None}
    actions.set_stage(by=owner, now=NOW, today=NOW.date(), customer=base, values=said)

    seen = {who: signed_in(who).get(FUNNEL).context["lines"] for who in (administrator, owner)}

    assert seen[administrator] == seen[owner]
    assert [line["n"] for line in seen[owner] if line["n"]] == [14, 9, 1]


def test_before_the_first_computation_a_sentence_says_so(manager, signed_in):
    assert "No stages yet" in signed_in(manager).get(FUNNEL).content.decode()


def test_the_customers_page_tells_stage_reason_and_way(base, owner, colleague, stranger, signed_in):
    address = f"{FUNNEL}{base.pk}/"

    page = signed_in(owner).get(f"/customers/{base.pk}/").content.decode()
    way = signed_in(colleague).get(address).content.decode()

    assert "Prospect" in page
    assert "Somebody talked or wrote with it" in page
    assert "Suspect" in way
    assert signed_in(stranger).get(address).status_code == 404


def test_a_stage_is_set_by_hand_and_freed(base, owner, signed_in):
    client, address = signed_in(owner), f"{FUNNEL}{base.pk}/"

    refused = client.post(address, {"stage": "client", "reason": "x", "until_date": "2026-01-01"})
    client.post(address, {"stage": "disqualified", "reason": "No budget"})

    assert "The last day is over" in refused.content.decode()
    assert "No budget" in client.get(f"/customers/{base.pk}/").content.decode()
    client.post(f"{address}free/")
    assert Override.objects.get().ended_by == owner


def test_the_list_filters_by_stage(base, manager, signed_in):
    client = signed_in(manager)

    page = client.get("/customers/", {"stage": "prospect", "columns": "stage,stage_since"})

    assert len(page.context["list"].rows) == 10
    assert "Prospect" in page.content.decode()
    by_day = client.get("/customers/", {"sort": "-stage_since"}).context["list"].rows
    assert by_day[0].name == "Firma 00"


def test_an_administrator_changes_the_rules_and_the_second_is_told(administrator, signed_in):
    client, address = signed_in(administrator), f"{FUNNEL}rules/"
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields}

    assert client.post(address, typed | {"client_orders": 2}).status_code == 200
    assert client.post(address, typed | {"client_orders": 7}).status_code == 302
    page = client.post(address, typed | {"client_orders": 8, "version": 1})
    assert page.status_code == 200
    assert "7" in page.content.decode()


def test_the_funnel_asks_a_fixed_number_of_questions(
    base, manager, signed_in, django_assert_max_num_queries
):
    client = signed_in(manager)
    client.get(FUNNEL)

    with django_assert_max_num_queries(8):
        client.get(FUNNEL)


def test_thresholds_stand_at_their_defaults_until_somebody_changes_them(administrator):
    row = actions.change_thresholds(by=administrator, now=NOW, values={})

    assert (row.client_orders, row.version) == (5, 1)
