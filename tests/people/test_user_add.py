"""The first administrator comes from the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from mainstay.people.models import User

pytestmark = pytest.mark.django_db


def add(monkeypatch: pytest.MonkeyPatch, password: str, *words: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    out = io.StringIO()
    call_command("user_add", *words, "--password-stdin", stdout=out)
    return out.getvalue()


def test_the_first_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    said = add(monkeypatch, "three calm seals", "Ada@example.com", "--name", "Ada")

    user = User.objects.get()
    assert said == "Added Ada <ada@example.com> as Administrator.\n"
    assert user.role == "administrator"
    assert user.check_password("three calm seals")


@pytest.mark.parametrize(
    ("password", "email", "sentence"),
    [
        ("short", "a@example.com", "too short"),
        ("three calm seals", "nobody", "valid email"),
    ],
)
def test_refusals_are_sentences(
    monkeypatch: pytest.MonkeyPatch, password: str, email: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        add(monkeypatch, password, email)

    assert not User.objects.exists()
