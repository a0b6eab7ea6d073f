"""The pages about people: who sees what, and what wrong input gets."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.people import actions, queries
from mainstay.people.models import User
from tests.conftest import NOW
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


def test_the_list_is_searched_and_narrowed(signed_in: SignedIn, manager: User) -> None:
    UserFactory(name="Zoë Łącka", role="analyst")
    UserFactory(name="Gone Guy", is_active=False)
    page = signed_in(manager)

    assert "Zoë Łącka" in page.get("/people/?q=lacka zo").content.decode()
    assert "Zoë" not in page.get("/people/?q=gone").content.decode()
    assert "Zoë" in page.get("/people/?role=analyst").content.decode()
    assert "Gone Guy" in page.get("/people/?state=deactivated").content.decode()
    assert "Gone Guy" not in page.get("/people/?state=active").content.decode()
    assert "Nobody fits" in page.get("/people/?q=nobody-here").content.decode()


@pytest.mark.parametrize(
    "query", ["after=x", "after=99999999999999999999999", "team=x", "role=x", "q=%00", "state=%FF"]
)
def test_a_wrong_address_shows_the_list(signed_in: SignedIn, manager: User, query: str) -> None:
    assert signed_in(manager).get(f"/people/?{query}").status_code == 200


def test_the_list_is_paged(signed_in: SignedIn, manager: User) -> None:
    for number in range(60):
        UserFactory(name=f"Clone {number % 3}", team=None)
    page = signed_in(manager)
    first = page.get("/people/")
    second = page.get(f"/people/?{first.context['page'].next_query}")

    names = [user.pk for r in (first, second) for user in r.context["page"].rows]
    assert len(names) == len(set(names)) == 61


def test_the_list_asks_a_fixed_number_of_queries(
    signed_in: SignedIn, manager: User, django_assert_num_queries: Any
) -> None:
    for _number in range(5):
        UserFactory()
    client = signed_in(manager)

    with django_assert_num_queries(5):  # session, user, company, members, teams of the filter
        client.get("/people/")


def test_inviting_shows_the_link_once(signed_in: SignedIn, administrator: User) -> None:
    form = {"name": "Nina New", "email": "nina@example.com", "role": "analyst"}
    answer = signed_in(administrator).post("/people/invite/", form)
    link = answer.context["link"]

    person = Client()
    assert person.get(link).status_code == 200
    assert person.get(link)["Referrer-Policy"] == "same-origin"
    wrong = person.post(link, {"name": "N", "password": "a b", "password_again": "c"})
    assert "The two passwords differ" in wrong.content.decode()
    right = {"name": "Nina", "password": "three calm seals", "password_again": "three calm seals"}
    assert person.post(link, right)["Location"] == "/accounts/login/"
    assert person.get(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "x" * 3000, "%ED%A0%80"])
def test_a_forged_link_gets_a_sentence(client: Client, token: str) -> None:
    answer = client.get(f"/people/join/{token}/")

    assert answer.status_code == 404
    assert "no longer works" in answer.content.decode()


def test_refusals_stand_beside_the_field(signed_in: SignedIn, administrator: User) -> None:
    form = {"name": "Bell\x07", "email": administrator.email, "role": "analyst"}
    answer = signed_in(administrator).post("/people/invite/", form)

    assert list(answer.context["form"].errors) == ["name", "email"]


def test_an_administrator_changes_and_shuts_out_a_member(
    signed_in: SignedIn, administrator: User, analyst: User
) -> None:
    client = signed_in(administrator)
    form = {"name": "Ann", "email": "ann@example.com", "role": "manager", "reach": "own"}

    assert client.post(f"/people/{analyst.pk}/", form).status_code == 302
    assert client.post(f"/people/{analyst.pk}/deactivate/").status_code == 302
    changed = User.objects.get(pk=analyst.pk)
    assert (changed.name, changed.role, changed.reach) == ("Ann", "manager", "own")
    assert not changed.is_active
    answer = client.post(f"/people/{analyst.pk}/link/", follow=True)
    assert "Activate first" in answer.content.decode()


@pytest.mark.parametrize("pk", [10**6, 2**63, 10**30])
def test_a_member_nobody_knows_is_not_found(
    signed_in: SignedIn, administrator: User, pk: int
) -> None:
    assert signed_in(administrator).get(f"/people/{pk}/").status_code == 404


def test_the_profile_changes_language_and_time(signed_in: SignedIn, analyst: User) -> None:
    client = signed_in(analyst)
    form = {"name": "Ann", "language": "pl", "time_zone": "Asia/Tokyo", "theme": "dark"}

    answer = client.post("/people/profile/", form)

    assert answer.status_code == 302
    assert client.get("/people/profile/")["Content-Language"] == "pl"
    analyst.refresh_from_db()
    assert (analyst.time_zone, analyst.theme) == ("Asia/Tokyo", "dark")


def test_the_menu_keeps_the_language_for_the_account(signed_in: SignedIn, analyst: User) -> None:
    signed_in(analyst).post("/language/", {"language": "ru"})

    analyst.refresh_from_db()
    assert analyst.language == "ru"
    assert signed_in(analyst).get("/people/profile/")["Content-Language"] == "ru"


SETTINGS = {
    "name": "Harrow & Sons",
    "currency": "PLN",
    "time_zone": "Europe/Warsaw",
    "discount_rate": "12.5",
    "abc_a": "70",
    "abc_b": "90",
    "default_margin": "33.33",
    "horizon_months": "24",
    "keep_run_months": "24",
    "keep_import_days": "30",
}


def test_company_settings_are_written_in_percent(signed_in: SignedIn, administrator: User) -> None:
    assert signed_in(administrator).post("/people/company/", SETTINGS).status_code == 302

    company = queries.company()
    assert [str(company.discount_rate), str(company.abc_a)] == ["0.1250", "0.7000"]
    assert str(company.default_margin) == "0.3333"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"abc_b": "70"}, "Class B must end higher"),
        ({"discount_rate": "101"}, "percentage from 0 to 100"),
        ({"discount_rate": "NaN"}, "percentage from 0 to 100"),
        ({"discount_rate": "1e400"}, "percentage from 0 to 100"),
        ({"default_margin": "1.234"}, "at most two digits"),
        ({"horizon_months": "1000"}, "from 1 to 120"),
        ({"keep_run_months": "0"}, "from 1 to 120"),
        ({"keep_import_days": "366"}, "from 1 to 365"),
        ({"horizon_months": "9" * 5000}, "from 1 to 120"),
        ({"currency": "EURO"}, "not one of the available choices"),
    ],
)
def test_wrong_settings_get_a_sentence(
    signed_in: SignedIn, administrator: User, wrong: dict[str, str], sentence: str
) -> None:
    answer = signed_in(administrator).post("/people/company/", SETTINGS | wrong)

    assert answer.status_code == 200
    assert sentence in answer.content.decode()


def test_the_table_of_rights_says_who_you_are(signed_in: SignedIn, owner: User) -> None:
    page = signed_in(owner).get("/people/access/").content.decode()

    assert "You are Account manager and see: Records of the team" in page
    assert "See costs, margins and lifetime value" in page


def test_without_mail_a_lost_password_goes_to_an_administrator(client: Client) -> None:
    page = client.get("/accounts/password/reset/").content.decode()

    assert "Ask an administrator" in page


def test_nobody_signs_up(client: Client) -> None:
    form = {"email": "x@example.com", "password1": "three calm seals", "password2": ""}
    client.post("/accounts/signup/", form | {"password2": form["password1"]})

    assert User.objects.count() == 0


def test_a_new_link_lets_a_member_set_a_password(
    signed_in: SignedIn, administrator: User, analyst: User
) -> None:
    answer = signed_in(administrator).post(f"/people/{analyst.pk}/link/")
    token = answer.context["link"].rstrip("/").rsplit("/", 1)[-1]
    actions.join(token=token, password="three calm seals", name="Ann", now=NOW)

    assert User.objects.get(pk=analyst.pk).check_password("three calm seals")


@pytest.mark.parametrize(("role", "offered"), [("analyst", True), ("read_only", False)])
def test_the_profile_offers_only_what_the_role_may_open(
    signed_in: SignedIn, role: str, offered: bool
) -> None:
    page = signed_in(UserFactory(role=role)).get("/people/profile/").content.decode()

    assert ("/people/tokens/" in page) == offered


@pytest.mark.parametrize(
    ("path", "current"),
    [("/people/", 1), ("/people/teams/", 1), ("/people/profile/", 0), ("/people/tokens/", 0)],
)
def test_pages_about_oneself_are_not_users_and_teams(
    administrator: Any, signed_in: Any, path: str, current: int
) -> None:
    page = signed_in(administrator).get(path).content.decode()

    marked = re.findall(r'class="nav-entry"[^>]*aria-current="page"', page)
    assert len(marked) == current
