"""Asking and noting answers: on the page, over the API, into the record."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from mainstay.customers.profiling import actions, queries
from mainstay.customers.profiling.bank import SHIPPED, rows, words
from mainstay.customers.profiling.models import Answer, Question
from mainstay.records.models import AuditEvent
from tests.api import ApiClient
from tests.conftest import NOW
from tests.factories.customers import AffiliationFactory, CustomerFactory

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def bank(db):
    """The shipped questions, which a test that empties the database takes along."""
    for row in rows():
        Question.objects.get_or_create(key=row["key"], defaults=row)


@pytest.fixture
def firma(owner):
    return CustomerFactory(name="Firma", owner=owner, team=owner.team)


def shipped(key):
    return Question.objects.get(key=key)


def note(by, customer, question, value="", **more):
    values = {"outcome": "answered", "value": value, **more}
    return actions.note_answer(by=by, now=NOW, customer=customer, question=question, values=values)


def test_twelve_questions_are_there_in_the_order_of_their_worth():
    rows = list(queries.bank())

    assert [row.key for row in rows] == [each.key for each in SHIPPED]
    assert len(rows) == 12
    assert words(rows[0]) == "Who decides about buying at your company?"


def test_questions_for_organisations_are_not_put_to_people(owner):
    person = CustomerFactory(kind="person", owner=owner)

    assert queries.next_for(person, TODAY)[0].key == "next_need"
    assert len(queries.asked_of(person)) == 7


def test_the_next_question_moves_on_and_comes_back_when_it_is_stale(firma, owner):
    first, _why = queries.next_for(firma, TODAY)
    note(owner, firma, first, "The buyer")
    second, _why = queries.next_for(firma, TODAY)
    note(owner, firma, second, outcome="declined")

    third, _why = queries.next_for(firma, TODAY)
    later, why = queries.next_for(firma, TODAY + timedelta(days=first.valid_days))

    assert [row.key for row in (first, second, third)] == [
        "decides",
        "next_need",
        "other_suppliers",
    ]
    assert (later.key, why.why) == ("decides", "stale")


def test_an_answer_is_written_to_the_record_with_its_history(firma, owner):
    note(owner, firma, shipped("founded"), "1998", source="Visit", confidence="medium")

    firma.refresh_from_db()
    assert firma.founded_year == 1998
    row = Answer.objects.get()
    assert (row.source, row.confidence, row.by) == ("Visit", "medium", owner)
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"customer.answered", "customer.changed"} <= verbs


@pytest.mark.parametrize(
    ("key", "value"),
    [("founded", "long ago"), ("founded", "99999"), ("rhythm", "daily"), ("decides", " ")],
)
def test_an_answer_of_another_kind_is_refused_and_nothing_is_kept(firma, owner, key, value):
    with pytest.raises(ValidationError):
        note(owner, firma, shipped(key), value)

    assert Answer.objects.count() == 0


def test_an_agent_notes_answers_but_does_not_change_the_record(firma, service_agent, stranger):
    note(service_agent, firma, shipped("industry"), "Printing")

    firma.refresh_from_db()
    assert (firma.industry, Answer.objects.get().value) == ("", "Printing")
    with pytest.raises(ValidationError, match="not among those"):
        note(stranger, firma, shipped("industry"), "Spying")


def test_the_bank_is_kept_by_who_may(manager, owner):
    values = {"text": "Which size?", "kind": "choice", "options": "8\n9", "worth": 99}
    actions.save_question(by=manager, now=NOW, values=values)

    assert queries.bank()[0].text == "Which size?"
    with pytest.raises(ValidationError, match="two choices"):
        actions.save_question(by=manager, now=NOW, values=values | {"options": "8"})
    with pytest.raises(PermissionDenied):
        actions.save_question(by=owner, now=NOW, values=values)


def test_a_conversation_asks_the_next_question_and_keeps_the_answer(signed_in, owner, firma):
    client, place = signed_in(owner), AffiliationFactory(customer=firma)
    path = f"/customers/{firma.pk}/"
    asked = client.get(path).context["form"]["question"].value()
    talk = {"channel": "call", "purpose": "talk", "subject": "Prices", "question": asked}

    client.post(f"{path}interactions/", talk | {"answer": "Ann", "contacts": [place.contact.pk]})

    answer = Answer.objects.get()
    assert (answer.question_id, answer.value, answer.outcome) == (asked, "Ann", "answered")
    assert (answer.contact, answer.source) == (place.contact, "Call")
    following = client.get(path).context["form"]["question"].value()
    assert following != asked
    client.post(f"{path}interactions/", talk | {"question": following, "not_answered": "declined"})
    assert queries.latest(firma)[following].outcome == "declined"
    client.post(f"{path}interactions/", talk | {"question": "999999", "answer": "To nothing"})
    assert (Answer.objects.count(), firma.interactions.count()) == (2, 3)


def test_an_answer_that_does_not_fit_keeps_the_conversation_back(signed_in, owner, firma):
    number = shipped("decides")
    Question.objects.filter(pk=number.pk).update(kind="number")
    talk = {"channel": "call", "purpose": "talk", "subject": "Prices", "question": number.pk}

    page = signed_in(owner).post(f"/customers/{firma.pk}/interactions/", talk | {"answer": "Ann"})

    assert page.status_code == 422
    assert page.context["form"].errors == {"answer": ["Write a whole number."]}
    assert not firma.interactions.exists()


def test_the_customers_page_asks_and_the_bank_counts(signed_in, owner, firma):
    client = signed_in(owner)
    page = client.get(f"/customers/{firma.pk}/").content.decode()
    assert "Who decides about buying at your company?" in page
    assert "Never asked." in page
    place = AffiliationFactory(customer=firma)

    number = shipped("decides").pk
    address = f"/capture/questions/customers/{firma.pk}/{number}/"
    sent = {"value": "The buyer", "confidence": "high", "contact": place.contact.pk}
    answer = client.post(address, sent | {"outcome": "answered"}, follow=True)

    assert "Noted." in answer.content.decode()
    assert "The buyer" in client.get(f"/capture/questions/customers/{firma.pk}/").content.decode()
    assert Answer.objects.get().contact == place.contact
    assert client.get("/capture/questions/").status_code == 200
    assert "Write the answer" in client.post(address, {"confidence": "high"}).content.decode()


def test_a_stranger_reads_no_answer(signed_in, stranger, firma):
    assert signed_in(stranger).get(f"/capture/questions/customers/{firma.pk}/").status_code == 404
    assert ApiClient(stranger).get(f"/profiling/customers/{firma.pk}/next").status_code == 404


def test_the_same_over_the_api(owner, firma):
    api, base = ApiClient(owner), f"/profiling/customers/{firma.pk}"
    told = api.get(f"{base}/next").json()

    body = {"question_id": told["question"]["id"], "value": "Ann", "source": "Telephone"}
    made = api.post(f"{base}/answers", body).json()

    assert told["why"].startswith("Never asked.")
    assert api.get(f"{base}/answers").json() == [made]
    assert api.get(f"{base}/next").json()["question"]["id"] != made["question_id"]
    refused = api.post(f"{base}/answers", body | {"value": ""})
    assert refused.json()["errors"][0]["field"] == "value"


def test_shipped_questions_follow_the_language_until_somebody_words_them(manager):
    row = shipped("decides")
    with translation.override("pl"):
        assert words(row)
    actions.save_question(by=manager, now=NOW, values={"text": "Who signs?"}, question=row)

    assert words(row) == "Who signs?"
