"""A buying centre: people, lines, gaps and the map, as the owner and others open it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.buying_centre import actions, presenters, queries
from mainstay.account_plans.buying_centre.models import Influence, Member
from mainstay.account_plans.workspace import queries as workspace
from mainstay.customers.models import Affiliation, Interaction
from mainstay.records.models import AuditEvent
from tests.account_plans.workspace.worlds import key_account
from tests.factories.customers import AffiliationFactory, CustomerFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


@pytest.fixture
def account(owner: Any) -> Any:
    return workspace.account(owner, key_account(owner, "RL").pk)


def added(account: Any, now: datetime, name: str, *roles: str, **values: Any) -> Member:
    place = AffiliationFactory(customer=account.customer, contact__name=name)
    given = {"roles": list(roles), **values}
    return actions.add(
        by=account.user, now=now, account=account, contact=place.contact.pk, values=given
    )


def titles(account: Any, now: datetime) -> list[str]:
    return [each["title"] for each in presenters.gaps(queries.centre(account, now))]


def test_the_lectures_client_is_named_and_drawn(
    account: Any, owner: Any, now: datetime, clock: Any, signed_in: SignedIn
) -> None:
    boss = added(account, now, "President", "decider", goals="Quality")
    added(account, now, "Purchasing", "buyer", goals="Less risk", reports_to=boss)
    added(account, now, "Projects", "user", "initiator", goals="Less risk", reports_to=boss)

    page = signed_in(owner).get(reverse("accounts:buying_centre", args=[account.pk])).text

    assert page.count("data-member=") == 3
    assert page.count('data-kind="reporting"') == 2
    assert "reports to President" in page
    assert "Adviser, Approver, Gatekeeper" in page  # given to nobody


def test_gaps_are_told_with_what_to_do(account: Any, now: datetime) -> None:
    person = added(account, now, "Front desk", "gatekeeper", support=-1)
    assert titles(account, now)[:3] == [
        "No decider known",
        "The gatekeeper is unfriendly",
        "One contact only",
    ]
    assert "Nobody has spoken with them" in titles(account, now)

    Interaction.objects.create(
        customer=account.customer, contact=person.contact, user=account.user, channel="call",
        subject="Hello", occurred_at=now - timedelta(days=5),
    )  # fmt: skip
    found = queries.centre(account, now)
    assert found.coverage[person.contact_id].ours == {account.user.pk: 1}
    assert "Nobody has spoken with them" not in titles(account, now)

    Affiliation.objects.filter(contact=person.contact).update(to_date=now - timedelta(days=2))
    assert "A contact has left" in titles(account, now)


def test_a_deleted_contact_keeps_the_part_and_says_so(account: Any, now: datetime) -> None:
    person = added(account, now, "Ewa", "decider", goals="Quality")
    person.contact.delete()

    kept = queries.centre(account, now).members[0]

    assert (kept.name, kept.goals) == ("Ewa", "Quality")
    assert "A contact was deleted" in titles(account, now)


def test_a_person_in_two_companies_is_told(account: Any, owner: Any, now: datetime) -> None:
    person = added(account, now, "Ewa", "decider")
    other = CustomerFactory(name="Elsewhere", owner=owner, team=owner.team)
    AffiliationFactory(customer=other, contact=person.contact)

    assert "Works at two companies" in titles(account, now)
    assert queries.centre(account, now).places(person) == ["Elsewhere"]


def test_nobody_reports_in_a_circle(account: Any, now: datetime) -> None:
    one = added(account, now, "One", "decider")
    two = added(account, now, "Two", "user", reports_to=one)

    with pytest.raises(ValidationError, match="That would be a circle"):
        actions.change(
            by=account.user, now=now, account=account, member=one, values={"reports_to": two}
        )

    Member.objects.filter(pk=one.pk).update(reports_to=two)  # as a merge may leave it
    assert "The lines of reporting go in a circle" in titles(account, now)
    assert len(presenters.picture(queries.centre(account, now)).cards) == 2


def test_lines_are_drawn_and_taken_away(
    account: Any, owner: Any, now: datetime, signed_in: SignedIn
) -> None:
    one, two = added(account, now, "One"), added(account, now, "Two")
    url, client = reverse("accounts:draw_line", args=[account.pk]), signed_in(owner)
    ends = {"source": two.pk, "target": one.pk}

    client.post(url, ends | {"kind": "reporting"})
    client.post(url, ends | {"kind": "influence"})
    assert queries.centre(account, now).by_number[two.pk].reports_to_id == one.pk
    assert Influence.objects.count() == 1
    client.post(url, ends | {"kind": "reporting"})
    client.post(url, ends | {"kind": "influence"})
    assert queries.centre(account, now).by_number[two.pk].reports_to_id is None
    assert not Influence.objects.exists()


def test_a_place_on_the_map_is_kept_and_what_lies_outside_is_not(
    account: Any, owner: Any, now: datetime, signed_in: SignedIn
) -> None:
    one = added(account, now, "One")
    url, client = reverse("accounts:place_member", args=[account.pk]), signed_in(owner)

    assert client.post(url, {"member": one.pk, "x": "300", "y": "40"}).status_code == 204
    assert client.post(url, {"member": one.pk, "x": "9000", "y": "40"}).status_code == 422
    card = presenters.picture(queries.centre(account, now)).cards[0]
    assert (card.x, card.y) == (300, 40)
    client.post(url, {"arrange": "1"})
    assert presenters.picture(queries.centre(account, now)).cards[0].x != 300


def test_the_map_is_a_picture(account: Any, owner: Any, now: datetime, signed_in: SignedIn) -> None:
    added(account, now, "Zażółć <b>& Co", "decider", support=2, influence=5)
    client = signed_in(owner)

    drawn = client.get(reverse("accounts:map_picture", args=[account.pk, "svg"]))
    dots = client.get(reverse("accounts:map_picture", args=[account.pk, "png"]))

    assert drawn.text.startswith("<svg xmlns=")
    assert "Zażółć &lt;b&gt;&amp; Co" in drawn.text
    assert dots.status_code == 302 or dots.content.startswith(b"\x89PNG")  # 302: no fonts here


def test_what_was_known_stays_when_somebody_is_taken_off(
    account: Any, owner: Any, now: datetime, signed_in: SignedIn
) -> None:
    boss = added(account, now, "Boss", "decider", goals="Quality")
    added(account, now, "Two", reports_to=boss)

    signed_in(owner).post(reverse("accounts:take_off_member", args=[account.pk, boss.pk]))

    page = signed_in(owner).get(reverse("accounts:buying_centre", args=[account.pk])).text
    assert "Taken off" in page
    assert [row.name for row in queries.centre(account, now).members] == ["Two"]
    assert AuditEvent.objects.filter(verb="buying_centre.taken_off").exists()


def test_forms_add_change_and_tell_the_second_editor(
    account: Any, owner: Any, now: datetime, signed_in: SignedIn
) -> None:
    contact = AffiliationFactory(customer=account.customer, position="Buyer").contact
    client = signed_in(owner)
    there = reverse("accounts:add_member", args=[account.pk])

    client.post(there, {"contact": contact.pk, "roles": ["buyer"], "goals": "Less risk"})
    member = Member.objects.get()
    url = reverse("accounts:member", args=[account.pk, member.pk])
    client.post(url, {"roles": ["buyer", "user"], "support": "-1", "version": "1"})
    late = client.post(url, {"roles": [], "support": "2", "version": "1"})

    member.refresh_from_db()
    assert (member.position, member.roles, member.support) == ("Buyer", ["buyer", "user"], -1)
    assert "Somebody changed this meanwhile" in late.text
    assert contact.pk not in dict(queries.contacts_to_add(account))


def test_the_purchase_is_judged_and_roles_are_the_companys(
    account: Any, owner: Any, now: datetime, signed_in: SignedIn
) -> None:
    client, roles = signed_in(owner), reverse("accounts:roles")
    hard = {"unit_value": 5, "risk": 5, "importance": 5, "product_new": 5, "frequency": 1}

    nothing = client.post(reverse("accounts:purchase", args=[account.pk]), {"note": "Nothing."})
    assert "Judge at least one factor" in nothing.text
    client.post(reverse("accounts:purchase", args=[account.pk]), hard | {"note": "Line two"})
    client.post(roles, {"key": "decider", "name": "Signatory", "classic": "decider"})
    client.post(roles, {"name": "Works council", "classic": "adviser"})
    client.post(reverse("accounts:put_away_role"), {"key": "blocker"})

    assert queries.centre(account, now).complexity.word == "high"
    names = [str(role.name) for role in queries.roles()]
    assert "Signatory" in names
    assert names[-1] == "Works council"
    assert "Blocker" not in names


def test_strangers_find_nothing_and_lookers_on_change_nothing(
    account: Any, stranger: Any, read_only: Any, now: datetime, signed_in: SignedIn
) -> None:
    one = added(account, now, "One")

    for name, more in (("buying_centre", []), ("map_picture", ["svg"]), ("member", [one.pk])):
        url = reverse(f"accounts:{name}", args=[account.pk, *more])
        assert signed_in(stranger).get(url).status_code == 404
    for person in (stranger, read_only):
        with pytest.raises(PermissionDenied):
            actions.place(by=person, now=now, account=account, member=one, x=1, y=1)


def test_somebody_of_another_account_is_not_reached(
    account: Any, owner: Any, now: datetime, signed_in: SignedIn
) -> None:
    other = workspace.account(owner, key_account(owner, "Other").pk)
    foreign = added(other, now, "Foreign")

    url = reverse("accounts:take_off_member", args=[account.pk, foreign.pk])
    assert signed_in(owner).post(url).status_code == 404
    with pytest.raises(ValidationError, match="of this buying centre"):
        added(account, now, "One", reports_to=foreign)
