"""Nobody but the invited opens a page of the portal, and the invited open nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.portal import actions
from mainstay.account_plans.portal.models import Comment, Invitation, Opinion, SharedAction
from mainstay.account_plans.selection.models import KeyAccount
from mainstay.customers.models import Affiliation
from mainstay.records.models import AuditEvent
from tests.account_plans.portal.worlds import World, link, rated, said, visit, work_page, world
from tests.conftest import NOW
from tests.factories.customers import AffiliationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignedIn = Callable[[Any], Client]
HOME = "/portal/"


@pytest.fixture
def both(owner: Any) -> tuple[World, World]:
    """Two accounts, and one person who works for both."""
    here = world(owner)
    return here, world(owner, "Southgate", contact=here.contact)


def test_of_another_customer_nothing_is_seen_or_written(both: tuple[World, World]) -> None:
    here, there = both
    client = visit(here.invite())  # the person works at both: the invitation decides

    assert "Southgate" not in client.get(HOME).text
    for page in (work_page(there.work), "/portal/works/999999999/", "/portal/works/0/"):
        assert client.get(page).status_code == 404
    assert said(client, there.work, "x").status_code == 404
    assert rated(client, there.work, 1, there.stage).status_code == 404
    assert rated(client, here.work, 1, there.stage).status_code == 404  # a foreign stage
    assert rated(client, here.work, 1, here.stage).status_code == 302
    assert Opinion.objects.get().stage == here.stage
    assert not Comment.objects.exists()


def test_what_is_not_shared_is_not_there(owner: Any) -> None:
    there = world(owner)
    hidden = there.add_work("Hidden work", shared=False)
    inner = there.add_stage("Inner stage", shared=False)
    client = visit(there.invite())

    assert "Hidden work" not in client.get(HOME).text
    assert "Inner stage" not in client.get(work_page(there.work)).text
    assert client.get(work_page(hidden)).status_code == 404
    assert said(client, hidden, "x").status_code == 404
    assert rated(client, there.work, 1, inner).status_code == 404
    actions.share_action(**there.known, number=there.action.pk, words="")
    assert "drawings" not in client.get(HOME).text
    assert not SharedAction.objects.exists()
    actions.archive_work(**there.known, work=there.work)
    assert client.get(work_page(there.work)).status_code == 404


def withdrawn(there: World, invitation: Any) -> None:
    actions.withdraw(**there.known, invitation=invitation)


def left(there: World, invitation: Any) -> None:
    yesterday = (NOW - timedelta(days=1)).date()
    Affiliation.objects.filter(contact=there.contact).update(to_date=yesterday)


def elsewhere(there: World, invitation: Any) -> None:
    Affiliation.objects.filter(contact=there.contact).delete()
    AffiliationFactory(contact=there.contact)


def archived(there: World, invitation: Any) -> None:
    there.contact.archived_at = NOW
    there.contact.save()


def customer_archived(there: World, invitation: Any) -> None:
    there.account.customer.archived_at = NOW
    there.account.customer.save()


def former(there: World, invitation: Any) -> None:
    KeyAccount.objects.update(archived_at=NOW)


def expired(there: World, invitation: Any) -> None:
    Invitation.objects.update(expires_at=NOW)


def invited_again(there: World, invitation: Any) -> None:
    there.invite()


@pytest.mark.parametrize(
    "end",
    [withdrawn, left, elsewhere, archived, customer_archived, former, expired, invited_again],
)
def test_an_invitation_that_ended_opens_nothing_and_ends_the_visit(owner: Any, end: Any) -> None:
    there = world(owner)
    invitation = there.invite()
    client = visit(invitation)
    before = AuditEvent.objects.filter(verb="portal.opened").count()

    end(there, invitation)

    for page in (HOME, work_page(there.work)):
        answer = client.get(page)
        assert answer.status_code == 404
        assert "Northwind" not in answer.text
    assert said(client, there.work, "x").status_code == 404
    assert rated(client, there.work, 1, there.stage).status_code == 404
    assert Client().get(link(invitation)).status_code == 404
    assert "Northwind" not in Client().post(link(invitation), follow=True).content.decode()
    assert AuditEvent.objects.filter(verb="portal.opened").count() == before
    assert not Comment.objects.exists()
    assert not Opinion.objects.exists()


def test_a_visit_ends_after_twelve_hours_and_the_link_begins_another(
    owner: Any, clock: Any
) -> None:
    invitation = world(owner).invite()
    client = visit(invitation)

    clock.shift(timedelta(hours=12, seconds=1))

    assert "Your visit is over" in client.get(HOME).text
    assert visit(invitation).get(HOME).status_code == 200


@pytest.mark.parametrize("token", ["x", "0" * 64, "%00", "é" * 40, "a" * 5000, "..", "TOKEN"])
def test_what_we_did_not_draw_opens_nothing(owner: Any, token: str) -> None:
    world(owner).invite()
    client = Client()

    assert client.get(f"/portal/open/{token}/").status_code == 404
    client.cookies["mainstay_portal"] = token.replace("%00", "\\000")
    assert client.get(HOME).status_code == 404


def test_changing_one_sign_of_a_link_or_key_opens_nothing(owner: Any) -> None:
    invitation = world(owner).invite()
    path = link(invitation)
    client = visit(invitation)
    key = client.cookies["mainstay_portal"].value

    assert Client().get(path[:-2] + ("0" if path[-2] != "0" else "1") + "/").status_code == 404
    client.cookies["mainstay_portal"] = key[:-1] + ("A" if key[-1] != "A" else "B")
    assert client.get(HOME).status_code == 404


def test_a_visitor_is_nobody_on_the_staff_site_and_in_the_api(owner: Any) -> None:
    there = world(owner)
    client = visit(there.invite())
    number = there.account.pk

    for name, args in (
        ("cockpit:home", []),
        ("cockpit:customer", [number]),
        ("accounts:index", []),
        ("accounts:portal", [number]),
        ("accounts:portal_work", [number, there.work.pk]),
        ("accounts:actions", [number]),
        ("customers:contact", [there.contact.pk]),
    ):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/accounts/login/"), name
    assert client.get(f"/api/v1/key-accounts/{number}/actions").status_code == 401
    assert "sessionid" not in client.cookies


def test_who_signed_in_as_staff_is_nobody_in_the_portal(
    owner: Any, administrator: Any, signed_in: SignedIn
) -> None:
    there = world(owner)

    for user in (owner, administrator):
        for page in (HOME, work_page(there.work)):
            assert signed_in(user).get(page).status_code == 404


def test_forms_need_djangos_token(owner: Any) -> None:
    there = world(owner)
    invitation = there.invite()
    client = Client(enforce_csrf_checks=True)
    client.post(link(invitation))

    assert said(client, there.work, "x").status_code == 403
    assert not Comment.objects.exists()


def test_who_sends_very_much_waits(owner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    there = world(owner)
    client = visit(there.invite())
    most = {"open": 1, "act": 2}
    monkeypatch.setattr("mainstay.customers.capture.rules.MOST", most)

    answers = [said(client, there.work, f"Comment {n}").status_code for n in range(3)]

    assert answers == [302, 302, 429]
    assert Comment.objects.count() == 2
    other = there.invite(AffiliationFactory(customer=there.account.customer).contact)
    assert [Client().post(link(other)).status_code for _n in range(2)] == [429, 429]
