"""The action table: the lecture's three worked examples, lines, tasks, strategy."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.action_plans import actions, presenters, proposing, queries, rules
from mainstay.account_plans.action_plans import people as told
from mainstay.account_plans.buying_centre import actions as buying_centre
from mainstay.account_plans.models import ActionLine, PlannedAction, Strategy
from mainstay.customers.models import Affiliation
from mainstay.customers.todo import actions as todo
from mainstay.customers.todo.models import Task
from tests.account_plans.planning import certain, people, rl

SignedIn = Callable[[Any], Client]
TODAY = date(2026, 5, 4)


@pytest.fixture
def account(owner: Any) -> Any:
    return rl(owner)


@pytest.fixture
def known(account: Any, owner: Any, now: datetime) -> Any:
    return {"by": owner, "now": now, "account": account}


def test_progress_counts_by_state_day_and_owner() -> None:
    tasks = [
        ("done", TODAY, 1),
        ("open", date(2026, 5, 3), 1),
        ("open", None, None),
        ("cancelled", None, None),
    ]

    found = rules.progress(tasks, TODAY)

    assert (found.done, found.open, found.late, found.unowned, found.undated) == (1, 2, 1, 1, 1)
    assert rules.progress([], TODAY).share == 0


@pytest.mark.django_db
def test_the_three_worked_examples_of_the_lecture(account: Any, known: Any, now: datetime) -> None:
    certain(account)

    proposing.propose(**known, people=people(account))

    lines = presenters.page(account, now=now)["lines"]
    told = [
        (
            each["person"],
            [item.name for item in each["tactics"]],
            each["relations"],
            [action["title"] for action in each["actions"]],
        )
        for each in lines
    ]
    keep, market = "Keep the certainty of need", "Raise the certainty of the market"
    transaction = "Raise the certainty of the transaction"
    together = "Stress that we have worked together for many years"
    outside = "Less influence of outside actors"
    assert told == [
        (
            "Purchasing manager",
            [keep, transaction],
            ["Trust"],
            ["Pass on technical information", "Help to plan the project", together],
        ),
        (
            "Project manager",
            [market, transaction],
            ["Trust", outside],
            [
                "Reduce the influence of outside actors",
                "Guarantee quality of service and time of execution",
                together,
            ],
        ),
        (
            "President",
            [market],
            ["Trust", outside],
            ["Refer to the long cooperation", "Show how the flow of information could be better"],
        ),
    ]


@pytest.mark.django_db
def test_nobody_is_proposed_twice(account: Any, known: Any) -> None:
    who = people(account)
    proposing.propose(**known, people=who[:1])

    made = proposing.propose(**known, people=who)

    assert [row.person for row in made] == ["Project manager", "President"]


@pytest.mark.django_db
def test_an_action_is_a_task_and_its_next_one_is_an_action_too(account: Any, known: Any) -> None:
    line = actions.set_line(**known, values={"person": "President"})
    again = {"title": "Call", "due_date": TODAY, "repeat_every": 1, "repeat_unit": "month"}
    row = actions.plan(**known, line=line, values=again)

    todo.finish(by=known["by"], now=known["now"], task=row.task)

    both = queries.table(account.customer).of_line[line.pk]
    assert [each.task.state for each in both] == ["done", "open"]
    assert Task.objects.filter(customer=account.customer).count() == 2


@pytest.mark.django_db
def test_a_line_put_away_leaves_its_actions_to_the_account(account: Any, known: Any) -> None:
    line = actions.set_line(**known, values={"person": "President"})
    actions.plan(**known, line=line, values={"title": "Call"})

    actions.archive_line(by=known["by"], now=known["now"], account=account, line=line)

    shown = presenters.page(account, now=known["now"])
    assert [each["label"] for each in shown["layers"]][-1] == "Of people no longer in the table"


@pytest.mark.django_db
def test_a_contact_that_is_deleted_leaves_the_line(account: Any, known: Any) -> None:
    somebody = people(account)[0]
    actions.set_line(**known, values={"contact": somebody.contact})

    somebody.contact.delete()

    assert ActionLine.objects.get().person == "Purchasing manager"


@pytest.mark.django_db
def test_what_does_not_fit_is_refused(account: Any, known: Any, stranger: Any) -> None:
    elsewhere = people(rl(stranger))[0].contact
    for values, text in (
        ({"person": ""}, "write a name"),
        ({"contact": elsewhere}, "is not a contact"),
        ({"person": "P", "ours": stranger}, "may not see"),
        ({"person": "P", "roles": ["king"]}, "Choose roles"),
    ):
        with pytest.raises(ValidationError, match=text):
            actions.set_line(**known, values=values)


@pytest.mark.django_db
def test_a_strategy_is_kept_beside_the_one_before(account: Any, known: Any, now: datetime) -> None:
    values = {"price": "more_same", "ways": ["speed"], "organisation": "teams", "reason": "A"}
    actions.set_strategy(**known, values=values)

    same = actions.set_strategy(**known, values=values)
    actions.set_strategy(**known, values=values | {"price": "more_more"})

    assert same is None
    assert Strategy.objects.count() == 2
    assert presenters.page(account, now=now)["strategy"]["price"].name == "More for more"


@pytest.mark.django_db
def test_the_page_from_nobody_to_done(account: Any, owner: Any, signed_in: SignedIn) -> None:
    client, there = signed_in(owner), reverse("accounts:actions", args=[account.pk])
    people(account)
    empty = client.get(there).text
    client.post(there, {"do": "propose"})
    line = ActionLine.objects.order_by("pk").first()
    assert line is not None
    wrong = client.post(there, {"do": "plan", "line": line.pk, "title": ""}).text
    client.post(there, {"do": "plan", "line": line.pk, "title": "Call", "due_date": "2026-06-01"})
    client.post(there, {"do": "account", "layer": "strategic", "entry": "strategic:quality"})
    action = PlannedAction.objects.get(line=line)
    client.post(there, {"do": "turn", "action": action.pk, "state": "done"})

    page = client.get(there).text

    assert "Nobody in the table yet" in empty
    assert "This field is required" in wrong
    assert "1 of 2 actions done" in page
    assert "A common quality control" in page
    assert PlannedAction.objects.get(layer="strategic").entry == "quality"


@pytest.mark.django_db
@pytest.mark.parametrize("do", ["line", "account", "strategy"])
def test_each_form_opens(account: Any, owner: Any, signed_in: SignedIn, do: str) -> None:
    page = signed_in(owner).get(reverse("accounts:actions", args=[account.pk]), {"do": do})

    assert f'name="do" value="{do}"' in page.text


@pytest.mark.django_db
def test_the_second_editor_is_told(account: Any, known: Any, signed_in: SignedIn) -> None:
    line = actions.set_line(**known, values={"person": "President"})
    actions.set_line(**known, values={"person": "Chair"}, line=line)

    there = reverse("accounts:actions", args=[account.pk])
    form = {"do": "line", "line": line.pk, "person": "Boss", "version": "1"}
    page = signed_in(known["by"]).post(there, form)

    assert "Somebody changed this meanwhile" in page.text


@pytest.mark.django_db
def test_the_buying_centre_tells_whom_to_propose_lines_for(
    account: Any, known: Any, now: datetime
) -> None:
    purchasing, projects, president = (each.contact.pk for each in people(account))
    boss = buying_centre.add(
        **known, contact=president, values={"roles": ["economic_buyer"], "influence": 5}
    )
    given = {"roles": ["buyer"], "goals": "less risk", "support": -1, "reports_to": boss}
    buying_centre.add(**known, contact=purchasing, values=given)
    Affiliation.objects.filter(contact=projects).update(to_date=now - timedelta(days=2))

    who = told.known(account.customer, now.date())
    proposing.propose(**known, people=who)

    assert [(each.person, each.roles, each.goals, each.standing) for each in who] == [
        ("President", ["decider"], "", "influence 5 of 5"),
        ("Purchasing manager", ["buyer"], "less risk", "sceptical, reports to President"),
    ]
    lines = presenters.page(account, now=now)["lines"]
    assert [each["roles"] for each in lines] == [["Decider"], ["Buyer"]]
    assert "sceptical" in lines[1]["standing"]
    assert presenters.page(account, now=now)["unlisted"] == 0
