"""The plan: told from the data, written over, marked when stale, put forward, approved, printed."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pypdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mainstay.account_plans.action_plans import actions as action_plans
from mainstay.account_plans.action_plans import proposing
from mainstay.account_plans.certainty import actions as certainty
from mainstay.account_plans.models import ActionLine, PlanVersion
from mainstay.account_plans.plan import actions, paper, presenters, queries, rules
from mainstay.account_plans.team import actions as team
from mainstay.shared import paper as shared_paper
from mainstay.shared.personal_data import Erasing, Subject
from tests.account_plans.planning import certain, people, rl, seen

SignedIn = Callable[[Any], Client]
pytestmark = pytest.mark.django_db
SCRIPTS = {"pl": "zażółć gęślą jaźń", "ru": "съешь ещё этих булок", "zh-hans": "关键客户计划"}


@pytest.fixture
def account(owner: Any, now: datetime) -> Any:
    """RL with all that the lecture tells of it."""
    found = rl(owner)
    known: Any = {"by": owner, "now": now, "account": found}
    certain(found)
    proposing.propose(**known, people=people(found))
    team.set_member(**known, values={"user": owner, "role": "Key account manager", "leads": True})
    strategy = {"price": "more_same", "ways": ["speed"], "organisation": "teams", "reason": "A."}
    action_plans.set_strategy(**known, values=strategy)
    return found


@pytest.fixture
def known(account: Any, owner: Any, now: datetime) -> Any:
    return {"by": owner, "now": now, "account": account}


@pytest.fixture
def fonts() -> None:
    if not list(shared_paper.FONTS.glob("*.ttf")):
        pytest.skip("the fonts for paper are not built here: make assets")


def texts(account: Any, now: datetime, part: str) -> list[str]:
    found = next(p for p in queries.plan(account, now)["parts"] if p["key"] == part)
    return [block["text"] for block in found["blocks"] if block["kind"] == "text"]


def test_five_parts_tell_the_data(account: Any, now: datetime) -> None:
    plan = queries.plan(account, now)

    assert [part["title"] for part in plan["parts"]] == [
        "Assumptions",
        "Goals and tasks",
        "People",
        "Programmes and operational actions",
        "Resources, risks and limits",
    ]
    assert texts(account, now, "goals") == [
        "Service A: raise certainty of market from medium to high.",
        "Service A: raise certainty of transaction from medium to high.",
        "Carry out 8 actions; 0 done so far.",
    ]
    assert texts(account, now, "people") == [
        "Olga Owner (Key account manager) leads the work for this account."
    ]
    assert [annex["title"] for annex in plan["annexes"]] == [
        "The customer",
        "Certainty by service",
        "The action table",
    ]


def test_an_empty_account_has_a_plan_that_says_so(owner: Any, now: datetime) -> None:
    account = rl(owner)

    assert texts(account, now, "people") == ["Nobody leads the work for this account yet."]
    assert texts(account, now, "programmes") == ["No action is planned yet."]


def test_a_sentence_is_stale_when_its_data_change(account: Any, known: Any, now: datetime) -> None:
    row = actions.write(**known, part="assumptions", key="certainty.market", text="They waver.")
    fresh = presenters.page(account, now=now)["stale"]
    service = certainty.queries.offerings(account.customer)[0]
    certainty.rate(**known, offering=service, kind="market", values={"present": 3, "wanted": 3})

    stale = presenters.page(account, now=now)["stale"]
    with translation.override("pl"):
        translated = presenters.page(account, now=now)["stale"]
    actions.write(**known, part="assumptions", key="certainty.market", text="They waver.")
    kept = presenters.page(account, now=now)["stale"]
    actions.take_generated(**known, passage=row)

    assert (fresh, stale, translated, kept) == (0, 1, 1, 0)
    assert "Certainty of market is as wanted: it is to be kept." in texts(
        account, now, "assumptions"
    )


def test_left_out_and_own_sentences(account: Any, known: Any, now: datetime) -> None:
    actions.write(**known, part="resources", key="team", text="")
    own = actions.write(**known, part="resources", text="Two weeks of an engineer.")
    on_paper = queries.paper(queries.plan(account, now))["parts"][4]["blocks"]
    actions.rewrite(**known, passage=own, text="")

    assert [block["text"] for block in on_paper] == ["Two weeks of an engineer."]
    assert "Two weeks of an engineer." not in texts(account, now, "resources")
    with pytest.raises(ValidationError, match="Write a sentence"):
        actions.write(**known, part="resources", text=" ")
    with pytest.raises(ValidationError, match="any more"):
        actions.write(**known, part="resources", key="gone", text="A")


def test_what_differs_is_told_word_by_word() -> None:
    def plan(*lines: str) -> dict[str, Any]:
        return {
            "parts": [{"title": "Goals", "blocks": [{"kind": "text", "text": t} for t in lines]}]
        }

    found = rules.differences(
        plan("Win the gap.", "Stay."), plan("Win half the gap.", "Stay.", "Go.")
    )

    assert [[(c.kind, c.text) for c in line] for line in found["Goals"]] == [
        [("same", "Win"), ("new", "half"), ("same", "the gap.")],
        [("new", "Go.")],
    ]
    assert rules.differences(plan("关键客户"), plan("关键大客户"))["Goals"][0][1].text == "大"
    assert rules.differences(plan("A"), plan("A")) == {}


@pytest.mark.usefixtures("fonts")
def test_a_version_is_approved_by_somebody_else(
    account: Any, known: Any, colleague: Any, now: datetime, signed_in: SignedIn
) -> None:
    first = actions.put_forward(**known)
    actions.write(**known, part="goals", text="Win a tenth of the gap.")
    second = actions.put_forward(**known, note="With a goal")
    theirs: Any = {"by": colleague, "now": now, "account": seen(colleague, account.customer)}

    with pytest.raises(PermissionDenied, match="Somebody else"):
        actions.decide(**known, version=first, state="approved")
    with pytest.raises(ValidationError, match="Say why"):
        actions.decide(**theirs, version=first, state="refused")
    there = reverse("accounts:plan_version", args=[account.pk, second.pk])
    client = signed_in(colleague)
    before = client.get(there).text
    client.post(there, {"state": "approved", "remark": "Good."})
    after = client.get(there).text
    with pytest.raises(ValidationError, match="decided on already"):
        actions.decide(**theirs, version=second, state="approved")

    assert "<ins>Win a tenth of the gap.</ins>" in before
    assert "Decided by Carl Colleague" in after
    assert queries.approved(account.customer) == second


def test_old_plans_lose_a_person_who_is_erased(account: Any, known: Any, now: datetime) -> None:
    content = queries.paper(queries.plan(account, now))
    row = PlanVersion.objects.create(
        customer=account.customer, content=content, pages=1, made_at=now
    )
    contact = ActionLine.objects.order_by("pk")[0].contact
    assert contact is not None
    subject = Subject(contacts=frozenset({contact.pk}))

    actions.erase(Erasing(subject, ("Purchasing manager",), known["by"], now))

    row.refresh_from_db()
    assert "Purchasing manager" in str(content)
    assert "Purchasing manager" not in str(row.content)
    assert "Project manager" in str(row.content)


@pytest.mark.usefixtures("fonts")
def test_more_than_six_pages_are_not_put_forward(account: Any, known: Any, now: datetime) -> None:
    for place in range(12):
        actions.write(**known, part="goals", text=f"{place} " + "many words " * 260)

    assert presenters.length(account, now)["kind"] == "long"
    with pytest.raises(actions.TooLong, match="are the most"):
        actions.put_forward(**known)
    assert not queries.versions(account.customer).exists()


@pytest.mark.usefixtures("fonts")
def test_the_paper_has_the_plan_in_every_script(account: Any, known: Any, now: datetime) -> None:
    for text in SCRIPTS.values():
        actions.write(**known, part="goals", text=f'{text} #read("/etc/passwd")')
    told = presenters.on_paper(account, now)

    found = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.pdf(told))).pages]

    assert 1 <= paper.pages(told) < len(found)
    whole = "".join(found).replace("\n", " ")
    assert all(text in whole for text in (*SCRIPTS.values(), "#read(", "Purchasing manager"))


@pytest.mark.usefixtures("fonts")
def test_the_pages_write_print_and_put_forward(
    account: Any, owner: Any, stranger: Any, signed_in: SignedIn
) -> None:
    client, there = signed_in(owner), reverse("accounts:plan", args=[account.pk])
    client.get(there, {"part": "goals", "key": "goal.actions"})
    client.post(there, {"do": "write", "part": "goals", "text": "Win the tender."})
    client.post(there, {"do": "write", "part": "people", "key": "leader", "text": "Olga leads."})

    page = client.get(there).text
    length = client.get(reverse("accounts:plan_length", args=[account.pk])).text
    pdf = client.get(reverse("accounts:plan_pdf", args=[account.pk]))
    forward = client.post(there, {"do": "forward", "note": "First"}, follow=True).text

    assert "Win the tender." in page
    assert "Olga leads." in page
    assert "Up to six are read" in length
    assert pdf.content.startswith(b"%PDF")
    assert "Awaits approval" in forward
    assert "Approve</button>" not in forward
    assert signed_in(stranger).get(there).status_code == 404
