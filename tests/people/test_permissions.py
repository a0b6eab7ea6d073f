"""What is not granted is denied, and each denial is a sentence."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from mainstay.people import permissions
from mainstay.people.models import Role, User
from mainstay.people.permissions import CAPABILITIES, GRANTS, REACH, Scope, can, require, scope


@pytest.fixture
def published() -> Iterator[None]:
    """A model of which everybody reads the name, and money people the margin."""
    permissions.publish_fields("tests.thing", "customers.view", ["name"])
    permissions.publish_fields("tests.thing", "money.view", ["margin_minor"])
    yield
    del permissions._fields["tests.thing"]


def test_every_role_has_its_row_in_both_tables() -> None:
    assert set(GRANTS) == set(REACH) == set(Role.values)


def test_roles_grant_only_what_has_a_name_for_people() -> None:
    assert set().union(*GRANTS.values()) == set(CAPABILITIES)


@pytest.mark.parametrize("capability", CAPABILITIES)
def test_nobody_and_the_deactivated_may_do_nothing(capability: str) -> None:
    gone = User(role="administrator", is_active=False)

    assert not can(AnonymousUser(), capability)
    assert not can(gone, capability)


def test_an_unknown_capability_or_role_is_denied() -> None:
    user = User

    assert not can(user(role="administrator"), "customers.viwe")
    assert not can(user(role="emperor"), "customers.view")
    assert scope(user(role="emperor")) is Scope.NONE


def test_a_denial_names_the_right_to_ask_for() -> None:
    with pytest.raises(PermissionDenied, match="Manage users, teams and company settings"):
        require(User(role="analyst"), "people.admin")


@pytest.mark.parametrize(
    ("role", "reach", "expected"),
    [
        ("account_manager", "", Scope.TEAM),
        ("account_manager", "own", Scope.OWN),
        ("account_manager", "all", Scope.ALL),
        ("service_agent", "team", Scope.TEAM),
        ("analyst", "", Scope.ALL),
        ("administrator", "own", Scope.ALL),
    ],
)
def test_the_reach_set_for_a_person_overrides_the_role(
    role: str, reach: str, expected: Scope
) -> None:
    assert scope(User(role=role, reach=reach)) is expected


def test_no_reach_without_the_capability() -> None:
    assert scope(User(role="service_agent"), "value.view") is Scope.NONE


@pytest.mark.parametrize(
    ("role", "fields"),
    [
        ("account_manager", {"name", "margin_minor"}),
        ("analyst", {"name", "margin_minor"}),
        ("service_agent", {"name"}),
        ("read_only", {"name"}),
    ],
)
@pytest.mark.usefixtures("published")
def test_money_stays_with_those_who_may_see_it(role: str, fields: set[str]) -> None:
    user = User(role=role)

    assert permissions.readable_fields(user, "tests.thing") == fields
    assert permissions.hidden_fields(user, "tests.thing") == {"name", "margin_minor"} - fields


def test_a_model_nobody_published_shows_no_field() -> None:
    assert permissions.readable_fields(User(role="manager"), "x.y") == set()


def test_every_stored_field_is_published_or_private() -> None:
    """A new field is hidden until somebody decides who reads it."""
    private = {"search", "sort_name"}
    hidden = {}
    for key in permissions.published_models():
        stored = {field.name for field in apps.get_model(key)._meta.get_fields() if field.concrete}
        hidden[key] = stored - set(permissions._fields[key]) - private

    assert {key: names for key, names in hidden.items() if names} == {}, (
        "name each field in the permissions.py of its capability"
    )


@pytest.mark.parametrize("role", ["service_agent", "read_only"])
def test_no_cost_margin_or_lifetime_value_without_the_right(role: str) -> None:
    readable = {
        f"{key}.{name}"
        for key in permissions.published_models()
        for name in permissions.readable_fields(User(role=role), key)
    }

    assert readable
    assert [name for name in readable if re.search("cost|margin|clv", name)] == []
