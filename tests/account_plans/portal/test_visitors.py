"""The customer's own pages: what an invited person sees and does, and that nobody else does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.portal import actions
from mainstay.account_plans.portal.models import Comment, Invitation, Opinion, Visit
from mainstay.customers.todo.models import Task
from mainstay.records.models import AuditEvent
from tests.account_plans.portal.worlds import link, rated, said, visit, work_page, world
from tests.conftest import NOW
from tests.factories.customers import AffiliationFactory, ContactFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignedIn = Callable[[Any], Client]
HOME = "/portal/"


def test_an_invited_person_sees_works_stages_and_agreed_actions(owner: Any) -> None:
    there = world(owner)
    client = visit(there.invite())

    home, page = client.get(HOME).text, client.get(work_page(there.work)).text

    assert "Press line of Northwind" in home
    assert "We send Northwind the drawings" in home
    assert "Inner words" not in home + page
    assert "Survey of Northwind" in page
    assert "later than planned" in page


def test_the_link_is_greeted_by_get_and_opened_by_post(owner: Any) -> None:
    invitation = world(owner).invite()

    greeting = Client().get(link(invitation))

    assert "Hello Ada of Northwind" in greeting.text
    assert greeting["Referrer-Policy"] == "no-referrer"
    assert greeting["X-Robots-Tag"] == "noindex, nofollow"
    assert not Visit.objects.exists()
    answer = Client().post(link(invitation))
    cookie = answer.cookies["mainstay_portal"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (HOME, True, "Lax")
    assert Visit.objects.get().expires_at == NOW + timedelta(hours=12)


def test_neither_link_nor_key_can_be_read_from_the_database(owner: Any) -> None:
    invitation = world(owner).invite()
    client = visit(invitation)
    row = Invitation.objects.values().get(pk=invitation.pk)
    stay = Visit.objects.values().get()

    assert link(invitation).split("/")[3] not in map(str, row.values())
    assert client.cookies["mainstay_portal"].value not in map(str, stay.values())


def test_pages_speak_the_language_of_the_invited(owner: Any) -> None:
    there = world(owner)

    page = visit(there.invite(language="pl")).get(HOME)

    assert '<html lang="pl"' in page.text


def test_what_is_said_reaches_our_side_and_the_timeline(owner: Any, signed_in: SignedIn) -> None:
    there = world(owner)
    client = visit(there.invite())
    said(client, there.work, "The crane comes on Monday.")
    rated(client, there.work, 5, there.stage, "Quick and clean.")
    ours = reverse("accounts:portal_work", args=[there.account.pk, there.work.pk])

    staff = signed_in(owner)
    staff.post(ours, {"do": "reply", "text": "We are there at seven."})

    assert "The crane comes on Monday." in staff.get(ours).text
    assert "Quick and clean." in staff.get(ours).text
    told = staff.get(reverse("cockpit:customer", args=[there.account.pk])).text
    assert "5 of 5 for “Survey of Northwind”" in told
    assert "The crane comes on Monday." in told
    assert "We are there at seven." in client.get(work_page(there.work)).text


def test_a_low_mark_makes_one_task_for_who_looks_after_the_customer(owner: Any) -> None:
    there = world(owner)
    client = visit(there.invite())

    rated(client, there.work, 2, there.stage, "Nobody came.")
    rated(client, there.work, 1, there.stage)
    rated(client, there.work, 3, there.stage)

    task = Task.objects.get(contact=there.contact)
    assert task.title == "Ada of Northwind gave 2 of 5 for “Survey of Northwind”: ask why"
    assert (task.assignee, task.customer_id) == (owner, there.account.pk)
    assert "Nobody came." in task.notes
    assert [row.task_id for row in Opinion.objects.order_by("pk")] == [task.pk, task.pk, None]


def test_a_stage_is_rated_once_it_began_and_the_whole_once_it_is_finished(owner: Any) -> None:
    there = world(owner)
    planned = there.add_stage("Start-up", state="planned")
    client = visit(there.invite())

    assert "cannot be rated yet" in rated(client, there.work, 5, planned).text
    assert "rated when it is finished" in rated(client, there.work, 5).text
    finished = {"finished_on": NOW.date()}
    actions.set_work(**there.known, work=there.work, values=finished)
    assert rated(client, there.work, 4).status_code == 302
    assert [row.stage_id for row in Opinion.objects.all()] == [None]


@pytest.mark.parametrize("mark", ["", "0", "6", "x", "-1", "1.5"])
def test_a_mark_outside_the_five_is_refused(owner: Any, mark: Any) -> None:
    there = world(owner)

    answer = rated(visit(there.invite()), there.work, mark, there.stage)

    assert answer.status_code == 200
    assert "field-errors" in answer.text
    assert not Opinion.objects.exists()


def test_visits_and_acts_are_audited_with_the_contacts_name(owner: Any) -> None:
    there = world(owner)
    client = visit(there.invite())
    said(client, there.work, "Thank you.")
    rated(client, there.work, 5, there.stage)
    client.post(reverse("portal:leave"))

    events = AuditEvent.objects.filter(verb__startswith="portal.", actor="Mainstay")

    verbs = ["portal.opened", "portal.commented", "portal.rated", "portal.left"]
    assert [event.verb for event in events.order_by("pk")] == verbs
    assert {event.new["contact"] for event in events} == {"Ada of Northwind"}
    assert {event.contact_id for event in events} == {there.contact.pk}
    assert client.get(HOME).status_code == 404


def test_pages_cost_the_same_for_one_work_and_many(
    owner: Any, django_assert_num_queries: Any
) -> None:
    there = world(owner)
    client = visit(there.invite())
    client.get(HOME)
    for n in range(5):
        there.add_work(f"Work {n}")
        there.add_stage(f"Stage {n}")
        said(client, there.work, f"Comment {n}")
        rated(client, there.work, 4, there.stage)

    with django_assert_num_queries(5):  # visit, works, stages, actions, company
        client.get(HOME)
    with django_assert_num_queries(6):  # visit, work, stages, opinions, comments, company
        client.get(work_page(there.work))


def test_the_link_goes_out_by_mail_in_their_language(
    owner: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from mainstay.account_plans.portal.tasks import send_link

    there = world(owner)
    invitation = there.invite(language="en")
    url = "https://crm.example/portal/open/TOKEN/"

    send_link.func(number=invitation.pk, url=url)

    (sent,) = mail.outbox
    assert sent.to == ["ada@northwind.example"]
    assert f"https://crm.example{link(invitation)}" in sent.body
    actions.withdraw(**there.known, invitation=invitation)
    send_link.func(number=invitation.pk, url=url)
    assert len(mail.outbox) == 1


def test_a_work_taken_back_between_reading_and_sending_keeps_nothing(owner: Any) -> None:
    there = world(owner)
    client = visit(there.invite())
    client.get(work_page(there.work))
    actions.set_work(**there.known, work=there.work, values={"shared": False})

    assert said(client, there.work, "x").status_code == 404
    assert not Comment.objects.exists()


def test_a_colleague_of_theirs_reads_the_thread_but_rates_alone(owner: Any) -> None:
    there = world(owner)
    first = visit(there.invite())
    said(first, there.work, "From Ada.")
    rated(first, there.work, 5, there.stage, "Private to Ada and us.")
    other = ContactFactory(name="Ben")
    AffiliationFactory(customer=there.account.customer, contact=other)

    page = visit(there.invite(other)).get(work_page(there.work)).text

    assert "From Ada." in page
    assert "Private to Ada and us." not in page
