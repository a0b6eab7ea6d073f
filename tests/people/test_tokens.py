from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mainstay.people import actions, queries
from mainstay.people.models import ApiToken
from mainstay.records.queries import history_of

pytestmark = pytest.mark.django_db
WISH = {"name": "Shop", "scopes": ["orders:write", "orders:read"], "days": 30}


@pytest.fixture
def made(manager, now):
    return actions.create_token(by=manager, now=now, **WISH)


def test_only_the_hash_is_kept(made, manager, now):
    token, secret = made

    assert secret.startswith("mst_")
    assert len(secret) > 40
    assert secret not in str(ApiToken.objects.values().get())
    assert queries.working_token(secret, now=now) == token
    assert secret not in str([event.new for event in history_of(token)])


def test_a_token_ends(made, manager, now):
    token, secret = made

    assert queries.working_token(secret, now=now + timedelta(days=31)) is None
    actions.revoke_token(by=manager, token=token, now=now)
    assert queries.working_token(secret, now=now) is None


def test_the_token_of_a_user_who_left_does_not_work(made, manager, now):
    manager.is_active = False
    manager.save()

    assert queries.working_token(made[1], now=now) is None


@pytest.mark.parametrize(
    "wrong", [{"scopes": []}, {"scopes": ["all"]}, {"name": " "}, {"name": "x\x00"}, {"days": 9999}]
)
def test_a_wrong_wish_is_refused(manager, now, wrong):
    with pytest.raises(ValidationError):
        actions.create_token(by=manager, now=now, **(WISH | wrong))


def test_roles_without_the_right_make_none(read_only, now):
    with pytest.raises(PermissionDenied):
        actions.create_token(by=read_only, now=now, **WISH)


def test_nobody_revokes_another_ones_token_but_the_administrator(made, analyst, administrator, now):
    with pytest.raises(PermissionDenied):
        actions.revoke_token(by=analyst, token=made[0], now=now)

    actions.revoke_token(by=administrator, token=made[0], now=now)

    assert queries.working_token(made[1], now=now) is None


def test_use_is_noted_seldom(made, now):
    token = made[0]

    for minutes in [0, 1, 7]:
        token.refresh_from_db()
        actions.note_token_use(token=token, now=now + timedelta(minutes=minutes))

    token.refresh_from_db()
    assert token.last_used_at == now + timedelta(minutes=7)


def test_the_page_shows_the_secret_once(signed_in, manager, analyst):
    client = signed_in(manager)

    page = client.post("/people/tokens/", WISH | {"days": "30"})
    secret = page.context["secret"]

    assert secret.startswith("mst_")
    assert secret in page.content.decode()
    assert secret not in client.get("/people/tokens/").content.decode()
    assert "Shop" in client.get("/people/tokens/").content.decode()
    other = signed_in(analyst)
    token = ApiToken.objects.get()
    assert "Shop" not in other.get("/people/tokens/").content.decode()
    assert other.post(f"/people/tokens/{token.pk}/revoke/").status_code == 404
    assert client.post(f"/people/tokens/{token.pk}/revoke/").status_code == 302
    assert "mst_" not in client.get("/people/tokens/").content.decode()


def test_the_page_is_closed_to_roles_without_the_right(signed_in, read_only):
    assert signed_in(read_only).get("/people/tokens/").status_code == 403
