"""Our team for an account, and the skills of its people."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.models import SkillRating, TeamMember
from mainstay.account_plans.team import actions, presenters, queries
from tests.account_plans.planning import rl

SignedIn = Callable[[Any], Client]
pytestmark = pytest.mark.django_db
LEVELS = {"negotiating": {"wanted": 5, "present": 2}, "empathy": {"wanted": 3, "present": 4}}


@pytest.fixture
def account(owner: Any) -> Any:
    return rl(owner)


@pytest.fixture
def known(account: Any, owner: Any, now: datetime) -> Any:
    return {"by": owner, "now": now, "account": account}


def test_one_leads(account: Any, known: Any, owner: Any, colleague: Any) -> None:
    actions.set_member(**known, values={"user": owner, "role": "Manager", "leads": True})
    actions.set_member(**known, values={"user": colleague, "role": "Engineer", "leads": True})

    assert [(row.user, row.leads) for row in queries.team(account.customer)] == [
        (colleague, True),
        (owner, False),
    ]


def test_who_is_there_or_may_not_see_the_customer_is_refused(
    known: Any, owner: Any, stranger: Any
) -> None:
    actions.set_member(**known, values={"user": owner, "role": "Manager"})

    with pytest.raises(ValidationError, match="already"):
        actions.set_member(**known, values={"user": owner, "role": "Engineer"})
    with pytest.raises(ValidationError, match="share it with them"):
        actions.set_member(**known, values={"user": stranger, "role": "Engineer"})


def test_levels_are_kept_and_gaps_named(owner: Any, now: datetime) -> None:
    said: Any = {"by": owner, "now": now, "whom": owner}
    first = actions.judge_skills(
        **said, ratings=LEVELS | {"time": {"wanted": None, "present": None}}
    )
    again = actions.judge_skills(**said, ratings=LEVELS | {"unknown": {"wanted": 1, "present": 1}})

    shown = presenters.profile(queries.skills(owner))

    assert (first, again) == (2, 0)
    assert [(gap["name"], gap["gap"]) for gap in shown["gaps"]] == [("Negotiating", 3)]
    assert shown["said"] == "2 of 20 skills judged."


def test_skills_are_a_matter_of_the_person_and_who_manages(
    account: Any, known: Any, owner: Any, colleague: Any, manager: Any, signed_in: SignedIn
) -> None:
    there = reverse("accounts:skills", args=[account.pk, owner.pk])

    assert signed_in(owner).get(there).status_code == 200
    assert signed_in(manager).get(there).status_code == 200
    assert signed_in(colleague).get(there).status_code == 404
    with pytest.raises(PermissionDenied, match="your own"):
        actions.judge_skills(by=colleague, now=known["now"], whom=owner, ratings=LEVELS)


def test_the_pages_add_judge_and_let_go(account: Any, owner: Any, signed_in: SignedIn) -> None:
    client, there = signed_in(owner), reverse("accounts:team", args=[account.pk])
    empty = client.get(there).text
    client.post(there, {"user": owner.pk, "role": "Key account manager", "leads": "on"})
    skills = reverse("accounts:skills", args=[account.pk, owner.pk])
    client.get(there, {"do": "member"})
    client.post(skills, {"wanted_selling": "4", "present_selling": "2"})

    page = client.get(there).text
    client.post(there, {"do": "remove", "member": TeamMember.objects.get().pk})

    assert "Nobody of ours is in the team." in empty
    assert "1 skill is below what is wanted." in page
    assert SkillRating.objects.get().skill == "selling"
    assert "No team yet" in client.get(there).text
