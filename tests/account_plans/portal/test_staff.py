"""The portal from our side: the tab, its forms and the API, as owner and stranger see them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.portal import actions
from mainstay.account_plans.portal.models import Invitation, SharedAction, Stage, Work
from tests.account_plans.planning import seen
from tests.account_plans.portal.worlds import link, said, visit, world
from tests.api import ApiClient
from tests.conftest import NOW
from tests.factories.customers import AffiliationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignedIn = Callable[[Any], Client]


def test_a_work_is_added_shared_and_put_away_on_the_pages(owner: Any, signed_in: SignedIn) -> None:
    there, client = world(owner), signed_in(owner)
    tab = reverse("accounts:portal", args=[there.account.pk])

    added = client.post(tab, {"do": "work", "title": "Cranes", "ours": owner.pk})
    work = Work.objects.get(title="Cranes")
    assert added["Location"].endswith(f"/works/{work.pk}/")
    assert not work.shared
    page = added["Location"]
    client.post(page, {"do": "stage", "title": "Order", "state": "done"})
    stage = Stage.objects.get(title="Order")
    assert stage.ended_on == NOW.date()
    stale = {"do": "work", "title": "Two cranes", "version": "7"}
    assert "changed this meanwhile" in client.post(page, stale).text
    client.post(page, stale | {"version": "1", "shared": "on"})
    work.refresh_from_db()
    assert (work.title, work.shared) == ("Two cranes", True)
    client.post(page, {"do": "archive"})
    assert "Two cranes" not in client.get(tab).text


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"planned_from": "2026-03-02", "planned_until": "2026-03-01"}, "ends before it begins"),
        ({"state": "done", "ended_on": "2026-03-06"}, "lies in the future"),
        ({"state": "running", "ended_on": "2026-03-01"}, "choose “Done”"),
        ({"planned_from": "0001-01-01"}, "between 1990 and 2199"),
    ],
)
def test_days_that_cannot_be_are_refused(
    owner: Any, signed_in: SignedIn, days: dict[str, str], sentence: str
) -> None:
    there = world(owner)
    page = reverse("accounts:portal_work", args=[there.account.pk, there.work.pk])

    answer = signed_in(owner).post(page, {"do": "stage", "title": "X", "state": "planned"} | days)

    assert sentence in answer.text
    assert Stage.objects.count() == 1


def test_the_link_is_shown_once(owner: Any, signed_in: SignedIn) -> None:
    there, client = world(owner), signed_in(owner)
    tab = reverse("accounts:portal", args=[there.account.pk])
    data = {"do": "invite", "contact": there.contact.pk, "language": "ru", "days": 30}

    shown = client.post(tab, data)

    path = link(Invitation.objects.get())
    assert path in shown.text
    assert "no-store" in shown["Cache-Control"]
    assert path not in client.get(tab).text
    client.post(tab, {"do": "withdraw", "guest": Invitation.objects.get().pk})
    assert Client().get(path).status_code == 404
    foreign = AffiliationFactory().contact
    assert "Select a valid choice" in client.post(tab, data | {"contact": foreign.pk}).text


def test_an_action_is_shared_in_words_of_its_own_and_hidden(
    owner: Any, signed_in: SignedIn
) -> None:
    there, client = world(owner), signed_in(owner)
    tab = reverse("accounts:portal", args=[there.account.pk])

    client.post(tab, {"do": "share", "action": there.action.pk, "words": "Drawings in May"})
    assert SharedAction.objects.get().words == "Drawings in May"
    client.post(tab, {"do": "hide", "action": there.action.pk})
    client.post(tab, {"do": "share", "action": world(owner, "S").action.pk, "words": "Foreign"})

    assert not SharedAction.objects.filter(action__customer=there.account.pk).exists()


def test_a_stranger_finds_nothing_and_who_may_only_look_changes_nothing(
    owner: Any, stranger: Any, read_only: Any, signed_in: SignedIn
) -> None:
    there = world(owner)
    number = there.account.pk
    for user in (stranger,):
        for path in (
            reverse("accounts:portal", args=[number]),
            reverse("accounts:portal_work", args=[number, there.work.pk]),
        ):
            assert signed_in(user).get(path).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.archive_work(by=read_only, now=NOW, account=there.account, work=there.work)
    other = world(owner, "Southgate")
    foreign = reverse("accounts:portal_work", args=[other.account.pk, there.work.pk])
    assert signed_in(owner).get(foreign).status_code == 404


def test_the_api_adds_invites_and_reads(owner: Any, stranger: Any) -> None:
    there = world(owner)
    api, base = ApiClient(owner), f"/key-accounts/{there.account.pk}"
    said(visit(there.invite()), there.work, "Hello.")

    work = api.post(f"{base}/works", {"title": "Cranes", "ours": owner.email}).json()
    stage = api.post(f"{base}/works/{work['id']}/stages", {"title": "A", "state": "running"}).json()
    guest = {"contact_id": there.contact.pk, "language": "pl", "days": 30}
    made = api.post(f"{base}/portal/invitations", guest).json()
    feedback = api.get(f"{base}/works/{there.work.pk}/feedback").json()

    assert (work["shared"], stage["began_on"]) == (False, "2026-03-05")
    assert Client().get(made["link"].removeprefix("http://testserver")).status_code == 200
    assert "link" not in api.get(f"{base}/portal/invitations").json()["items"][0]
    assert [each["text"] for each in feedback["comments"]] == ["Hello."]
    assert len(api.get(f"{base}/works").json()["items"]) == 2
    assert api.post(f"{base}/portal/invitations/{made['id']}/withdraw", {}).status_code == 200
    assert Client().get(made["link"].removeprefix("http://testserver")).status_code == 404
    bad = api.post(f"{base}/works/{there.work.pk}/stages", {"title": "A", "state": "soon"})
    assert bad.json()["errors"][0]["field"] == "state"
    for path in ("works", f"works/{there.work.pk}/feedback", "portal/invitations"):
        assert ApiClient(stranger).get(f"{base}/{path}").status_code == 404


def test_the_tab_tells_how_far_the_portal_is(owner: Any, signed_in: SignedIn) -> None:
    there = world(owner)

    page = signed_in(owner).get(reverse("accounts:account", args=[there.account.pk])).text

    assert "1 work shared, 0 people invited" in page
    assert "nobody of the customer is invited" in page


def test_the_tab_costs_the_same_for_one_work_and_many(
    owner: Any, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    there, client = world(owner), signed_in(owner)
    tab = reverse("accounts:portal", args=[there.account.pk])
    client.get(tab)
    for n in range(4):
        there.add_work(f"Work {n}")
        there.add_stage(f"Stage {n}")
        there.invite(AffiliationFactory(customer=there.account.customer).contact)
    assert seen(owner, there.account.customer).may_edit

    with django_assert_max_num_queries(17):
        client.get(tab)
