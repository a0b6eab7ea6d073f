"""Members come, change and go; every change is audited or refused with a sentence."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client

from mainstay.people import actions, queries
from mainstay.people.models import AccessLink, Team, User
from mainstay.records.models import AuditEvent
from tests.conftest import NOW
from tests.factories.people import PASSWORD, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))


def invite(by: User, **details: Any) -> tuple[User, str]:
    known = {"email": "Nina@Example.com", "name": "Nina New", "role": "analyst"}
    return actions.invite(by=by, now=NOW, **(known | details))


def test_an_invited_person_joins_once_by_the_link(administrator: User) -> None:
    user, token = invite(administrator)
    joined = actions.join(token=token, password="three calm seals", name="Nina", now=NOW)

    assert (joined.pk, joined.email, joined.name) == (user.pk, "nina@example.com", "Nina")
    assert joined.check_password("three calm seals")
    assert verbs() == ["user.added", "user.link_made", "user.joined"]
    with pytest.raises(ValidationError, match="no longer works"):
        actions.join(token=token, password="four calm seals!", name="Nina", now=NOW)


def test_the_token_is_not_kept(administrator: User) -> None:
    _user, token = invite(administrator)

    assert token not in str(AccessLink.objects.values())
    assert token not in str(AuditEvent.objects.values())


@pytest.mark.parametrize("spoil", ["expired", "revoked", "replaced", "deactivated", "forged"])
def test_a_spoilt_link_does_nothing(administrator: User, spoil: str) -> None:
    user, token = invite(administrator)
    now = NOW + timedelta(days=7) if spoil == "expired" else NOW
    match spoil:
        case "revoked":
            actions.revoke_links(by=administrator, user=user, now=NOW)
        case "replaced":
            actions.make_link(by=administrator, user=user, now=NOW)
        case "deactivated":
            actions.deactivate(by=administrator, user=user, now=NOW)
        case "forged":
            token = token[:-1] + "\ud800"

    with pytest.raises(ValidationError, match="no longer works"):
        actions.join(token=token, password="three calm seals", name="N", now=now)

    assert not User.objects.get(pk=user.pk).has_usable_password()


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"email": "nobody"}, "valid email"),
        ({"email": "a@b.example", "name": ""}, "blank"),
        ({"email": "a@b.example", "name": "x" * 151}, "150"),
        ({"email": "a@b.example", "name": "Bell\x07"}, "control character"),
        ({"email": "a@b.example", "role": "emperor"}, "not a valid choice"),
    ],
)
def test_wrong_details_are_refused_and_leave_nothing(
    administrator: User, details: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        invite(administrator, **details)

    assert User.objects.count() == 1
    assert verbs() == []


def test_an_address_belongs_to_one_member(administrator: User) -> None:
    with pytest.raises(ValidationError, match="already exists"):
        invite(administrator, email=administrator.email.upper())


@pytest.mark.parametrize("password", ["short", "password1234", "nina@example.com"])
def test_weak_passwords_are_refused(administrator: User, password: str) -> None:
    _user, token = invite(administrator)

    with pytest.raises(ValidationError):
        actions.join(token=token, password=password, name="Nina", now=NOW)

    assert queries.link_for(token, now=NOW) is not None


def test_a_change_records_old_and_new(administrator: User, analyst: User) -> None:
    team = TeamFactory(name="North")

    actions.change_user(by=administrator, user=analyst, role="manager", team=team, now=NOW)

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == ("user.changed", administrator.name)
    assert event.old == {"role": "analyst", "team": analyst.team.name}  # type: ignore[union-attr]
    assert event.new == {"role": "manager", "team": "North"}


def test_a_change_of_nothing_records_nothing(administrator: User, analyst: User) -> None:
    actions.change_user(by=administrator, user=analyst, name=analyst.name, now=NOW)

    assert verbs() == []


@pytest.mark.parametrize("role", ["manager", "analyst", "read_only", "account_manager"])
def test_only_administrators_manage_people(role: str, stranger: User) -> None:
    by = UserFactory(role=role)

    with pytest.raises(PermissionDenied):
        invite(by)
    with pytest.raises(PermissionDenied):
        actions.change_user(by=by, user=by, role="administrator", now=NOW)
    with pytest.raises(PermissionDenied):
        actions.deactivate(by=by, user=stranger, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.make_link(by=by, user=stranger, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.change_company(by=by, currency="PLN", now=NOW)
    with pytest.raises(PermissionDenied):
        actions.add_team(by=by, name="Mine", now=NOW)

    assert verbs() == []


def test_the_last_administrator_stays(administrator: User) -> None:
    with pytest.raises(ValidationError, match="only administrator"):
        actions.change_user(by=administrator, user=administrator, role="analyst", now=NOW)
    with pytest.raises(ValidationError, match="deactivate yourself"):
        actions.deactivate(by=administrator, user=administrator, now=NOW)

    UserFactory(role="administrator")
    actions.change_user(by=administrator, user=administrator, role="analyst", now=NOW)
    assert User.objects.get(pk=administrator.pk).role == "analyst"


def test_deactivating_ends_every_session_at_once(administrator: User, analyst: User) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": analyst.email, "password": PASSWORD})
    assert client.get("/people/profile/").status_code == 200

    actions.deactivate(by=administrator, user=analyst, now=NOW)

    assert client.get("/people/profile/").status_code == 302
    actions.activate(by=administrator, user=analyst, now=NOW)
    assert client.get("/people/profile/").status_code == 302, "the old session stays ended"


def test_a_removed_team_leaves_its_members(administrator: User, owner: User) -> None:
    team = owner.team
    assert team is not None

    actions.remove_team(by=administrator, team=team, now=NOW)

    assert not Team.objects.filter(name=team.name).exists()
    assert User.objects.get(pk=owner.pk).team is None
    assert AuditEvent.objects.get().old["members"] == [owner.name]


def test_settings_are_kept_with_old_and_new(administrator: User) -> None:
    actions.change_company(by=administrator, name="Harrow", horizon_months=24, now=NOW)

    assert queries.company().horizon_months == 24
    event = AuditEvent.objects.get()
    assert event.old == {"name": "", "horizon_months": 60}
    assert event.new == {"name": "Harrow", "horizon_months": 24}


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"currency": "XYZ"}, "three letters"),
        ({"time_zone": "Mars/Olympus"}, "time zone from the list"),
        ({"abc_a": "0.96"}, "Class B must end higher"),
        ({"horizon_months": 0}, "greater than or equal to 1"),
        ({"discount_rate": "1.5"}, "less than or equal to 1"),
        ({"name": "x" * 201}, "200"),
    ],
)
def test_wrong_settings_are_refused(
    administrator: User, wanted: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        actions.change_company(by=administrator, now=NOW, **wanted)

    assert verbs() == []


def test_the_currency_stays_while_money_is_recorded(
    administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mainstay.people.actions.company._money_is_kept", [lambda: True])

    with pytest.raises(ValidationError, match="so the currency stays"):
        actions.change_company(by=administrator, currency="PLN", now=NOW)


def test_a_preference_is_audited_once(analyst: User) -> None:
    actions.prefer(by=analyst, name="theme", value="dark", now=NOW)
    analyst.refresh_from_db()
    actions.prefer(by=analyst, name="theme", value="dark", now=NOW)

    assert analyst.theme == "dark"
    assert verbs() == ["user.profile_changed"]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_demote_each_other_at_once() -> None:
    pair = [UserFactory(role="administrator") for _number in range(2)]
    start = threading.Barrier(2)
    refused: list[str] = []

    def demote(by: User, other: User) -> None:
        start.wait()
        try:
            actions.change_user(by=by, user=other, role="analyst", now=NOW)
        except (ValidationError, PermissionDenied) as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=demote, args=who) for who in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert User.objects.filter(role="administrator").count() == 1
    assert len(refused) == 1
