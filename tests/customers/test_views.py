import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.customers import actions, queries
from mainstay.customers.models import Customer, Tag
from mainstay.people.models import SavedView
from mainstay.shared.lists import selection
from mainstay.shared.search import first_by_name
from tests.factories.customers import AffiliationFactory, CustomerFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]
PART = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "list-results"}


def names(page: Any) -> list[str]:
    return re.findall(r"data-open title=\"([^\"]*)\"", page.content.decode())


@pytest.fixture
def many(owner: Any) -> list[Customer]:
    """Sixty of the owner's customers: two pages."""
    return [CustomerFactory(name=f"Firma {n:02d}", owner=owner, team=owner.team) for n in range(60)]


def test_each_sees_the_customers_within_reach(
    owner: Any, colleague: Any, stranger: Any, read_only: Any, signed_in: SignedIn
) -> None:
    CustomerFactory(name="Harbour", owner=owner, team=owner.team)

    seen = {
        person.name: names(signed_in(person).get("/customers/"))
        for person in (owner, colleague, stranger, read_only)
    }

    assert seen == {
        owner.name: ["Harbour"],
        colleague.name: ["Harbour"],
        stranger.name: [],
        read_only.name: ["Harbour"],
    }


def test_a_customer_out_of_reach_is_not_found(
    owner: Any, stranger: Any, signed_in: SignedIn
) -> None:
    customer = CustomerFactory(owner=owner)

    for path in ("", "edit/", "timeline/", "tags/", "contacts/add/"):
        assert signed_in(stranger).get(f"/customers/{customer.pk}/{path}").status_code == 404


def test_pages_turn_forward_back_and_to_the_first(
    owner: Any, many: Any, signed_in: SignedIn
) -> None:
    client = signed_in(owner)
    first = client.get("/customers/")

    following = re.search(r'rel="next" href="([^"]+)"', first.content.decode())
    assert following is not None
    second = client.get("/customers/" + following[1].replace("&amp;", "&"))
    back = re.search(r'rel="prev" href="([^"]+)"', second.content.decode())
    assert back is not None
    again = client.get("/customers/" + back[1].replace("&amp;", "&"))

    assert names(first) == [f"Firma {n:02d}" for n in range(50)] == names(again)
    assert names(second) == [f"Firma {n:02d}" for n in range(50, 60)]


def test_only_the_changing_part_is_sent_to_htmx(owner: Any, many: Any, signed_in: SignedIn) -> None:
    part = signed_in(owner).get("/customers/?q=firma+07&country=&columns=city", **PART)

    assert names(part) == ["Firma 07"]
    assert b"<html" not in part.content
    assert part["HX-Push-Url"] == "/customers/?q=firma+07&columns=city"
    assert {"HX-Request", "HX-Target"} <= {word.strip() for word in part["Vary"].split(",")}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("sort=colour", "cannot be sorted that way"),
        ("after=damaged", "address of this page is damaged"),
        ("columns=name,colour", "does not exist any more"),
        ("country=Atlantis", "Select a valid choice"),
        ("added_from=yesterday", "Enter a valid date"),
        ("owner=99999999999999999999", "Select a valid choice"),
        ("q=" + "x" * 300, "first 200 characters"),
    ],
)
def test_what_an_address_says_wrong_is_told(
    owner: Any, many: Any, signed_in: SignedIn, query: str, sentence: str
) -> None:
    page = signed_in(owner).get(f"/customers/?{query}")

    assert page.status_code == 200
    assert sentence in page.content.decode()


def test_filters_narrow_and_show_as_chips(owner: Any, signed_in: SignedIn, now: Any) -> None:
    wine = CustomerFactory(name="Wine", owner=owner, country="FR", kind="person")
    CustomerFactory(name="Beer", owner=owner, country="DE")
    actions.set_tags(by=owner, now=now, customer=wine, names=["key"])
    tag = Tag.objects.get()
    client = signed_in(owner)

    for query in (f"tag={tag.pk}", "country=FR", "kind=person", "country=FR&q=wi"):
        page = client.get(f"/customers/?{query}")
        assert names(page) == ["Wine"], query
        assert 'class="chip"' in page.content.decode()


def test_an_empty_list_says_what_to_do_next(owner: Any, many: Any, signed_in: SignedIn) -> None:
    client = signed_in(owner)

    assert "Nothing fits" in client.get("/customers/?q=zzz").content.decode()
    Customer.objects.all().delete()
    assert "No customers yet" in client.get("/customers/").content.decode()


def test_an_export_holds_every_row_and_no_formula(
    owner: Any, many: Any, signed_in: SignedIn
) -> None:
    CustomerFactory(name="=cmd|' /C calc'!A0", owner=owner, city="-1")
    client = signed_in(owner)

    answer = client.post("/customers/?columns=city", {"export": "csv"})

    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert head == ["Name", "City"]
    assert len(rows) == 61
    assert ["'=cmd|' /C calc'!A0", "'-1"] in rows
    workbook = client.post("/customers/", {"export": "xlsx"})
    assert b"".join(workbook).startswith(b"PK")
    workbook.close()


def test_who_may_not_export_is_refused(service_agent: Any, many: Any, signed_in: SignedIn) -> None:
    assert signed_in(service_agent).post("/customers/", {"export": "csv"}).status_code == 403


def test_ticked_customers_are_changed_together(
    owner: Any, stranger: Any, many: Any, signed_in: SignedIn
) -> None:
    hidden = CustomerFactory(owner=stranger)
    rows = [many[0].pk, many[1].pk, hidden.pk]

    data = {"action": "tag", "value-tag": "spring", "row": rows}
    page = signed_in(owner).post("/customers/", data, follow=True)

    assert "2 customers changed." in page.content.decode()
    assert set(Customer.objects.filter(tags__name="spring")) == set(many[:2])


def test_all_that_the_filter_means_are_changed(
    owner: Any, colleague: Any, many: Any, signed_in: SignedIn
) -> None:
    data = {"action": "owner", "value-owner": str(colleague.pk), "everything": "1"}
    signed_in(owner).post("/customers/?q=firma+0", data)

    assert Customer.objects.filter(owner=colleague).count() == 10


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": "explode"},
        {"action": "tag", "row": ["1"], "value-tag": ""},
        {"action": "tag", "value-tag": "x"},
        {"action": "owner", "row": ["1"], "value-owner": "9" * 18},
        {"action": "untag", "row": ["x", "9" * 30], "value-untag": "nothing"},
    ],
)
def test_a_bulk_change_that_cannot_be_is_explained(
    owner: Any, many: Any, signed_in: SignedIn, data: dict[str, Any]
) -> None:
    page = signed_in(owner).post("/customers/", data, follow=True)

    assert "notice-error" in page.content.decode()
    assert not Tag.objects.filter(customers__isnull=False).exists()


def test_a_view_is_kept_shown_and_forgotten(
    owner: Any, colleague: Any, many: Any, signed_in: SignedIn
) -> None:
    client = signed_in(owner)

    client.post("/customers/?q=firma+01&sort=-added", {"keep": "Spring", "shared": "1"})
    view = SavedView.objects.get()
    assert view.query == "q=firma+01&sort=-added"
    assert "Spring" in signed_in(colleague).get("/customers/").content.decode()

    signed_in(colleague).post("/customers/", {"forget": view.pk})
    assert SavedView.objects.exists()
    client.post("/customers/", {"forget": view.pk})
    assert not SavedView.objects.exists()


def test_a_customer_is_added_and_changed_by_forms(owner: Any, signed_in: SignedIn) -> None:
    client = signed_in(owner)
    data = {"kind": "organisation", "name": "Port", "owner": owner.pk, "country": "PL"}

    client.post("/customers/add/", data | {"phone": "601 234 567"})
    customer = Customer.objects.get()
    assert customer.phone == "+48 601 234 567"

    wrong = client.post(
        f"/customers/{customer.pk}/edit/", data | {"phone": "call me", "version": 1}
    )
    assert "is not a telephone number" in wrong.content.decode()


def test_the_second_editor_sees_both_versions(owner: Any, signed_in: SignedIn, now: Any) -> None:
    client = signed_in(owner)
    customer = actions.add_customer(by=owner, now=now, values={"name": "Port"})
    values = {"city": "Gdynia"}
    actions.change_customer(by=owner, now=now, customer=customer, values=values, version=1)

    data = {"kind": "organisation", "name": "Port SA", "owner": owner.pk, "version": 1}
    told = client.post(f"/customers/{customer.pk}/edit/", data)
    page = told.content.decode()
    assert "Somebody else saved this" in page
    assert 'value="Port SA"' in page
    assert "Gdynia" in page
    assert 'name="version" value="2"' in page

    client.post(f"/customers/{customer.pk}/edit/", data | {"version": 2, "city": "Gdynia"})
    customer.refresh_from_db()
    assert (customer.name, customer.city) == ("Port SA", "Gdynia")


def test_the_palette_finds_customers_and_contacts(
    owner: Any, stranger: Any, signed_in: SignedIn
) -> None:
    place = AffiliationFactory(customer__owner=owner, customer__name="Harbour")
    actions.refresh_search([place.customer.pk])

    assert "Harbour" in signed_in(owner).get("/find/?q=harb").content.decode()
    assert "Harbour" not in signed_in(stranger).get("/find/?q=harb").content.decode()
    assert queries.search(owner, place.contact.name).exists()


WAYS: list[dict[str, Any]] = [
    {"FEW": 5},
    {"FEW": 5, "GATHERED_MOST": 5},
    {"FEW": 5, "GATHERED_MOST": 5, "SOME": 6, "ENOUGH": 7},
    {"FEW": 50, "GATHERED_MOST": 5, "SOME": 6, "ENOUGH": 7, "MET": 3},
    {"FEW": 50, "GATHERED_MOST": 5, "SOME": 6, "ENOUGH": 60, "AHEAD": 1},
    {"FEW": 5, "GATHERED_MOST": 5, "SOME": 6, "ENOUGH": 7, "PAGE": 1},
]


@pytest.mark.parametrize("way", WAYS)
def test_gathered_or_walked_a_list_is_the_same(
    owner: Any,
    stranger: Any,
    many: Any,
    signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
    way: dict[str, Any],
) -> None:
    tag = Tag.objects.create(name="fair")
    tag.customers.set(many[10:40])
    client = signed_in(owner)
    asked = ["", "q=firma", "sort=-added", f"tag={tag.pk}", f"q=firma&tag={tag.pk}&sort=-added"]
    asked += [f"q=firma+1&tag={tag.pk}", f"country=PL&tag={tag.pk}", f"q=1&tag={tag.pk}"]
    asked += [f"country=PL&tag={tag.pk}&sort=-added", "country=PL&q=firma", "country=XX&q=firma"]
    expected = [names(client.get(f"/customers/?{query}")) for query in asked]

    for name, value in way.items():
        monkeypatch.setattr(selection, name, value)

    assert [names(client.get(f"/customers/?{query}")) for query in asked] == expected
    assert names(signed_in(stranger).get("/customers/")) == []


def test_names_that_begin_as_searched_come_first(owner: Any, signed_in: SignedIn) -> None:
    for name in ("Aker Nowak", "Nowak Zwei", "Bau Nowakowski", "Nowak Eins"):
        CustomerFactory(name=name, owner=owner)
    client = signed_in(owner)

    page = client.get("/customers/?q=nowak")

    assert names(page) == ["Nowak Eins", "Nowak Zwei", "Aker Nowak", "Bau Nowakowski"]
    assert names(client.get("/customers/?q=nowak&sort=-name")) == [
        "Nowak Zwei",
        "Nowak Eins",
        "Bau Nowakowski",
        "Aker Nowak",
    ]
    found = [hit.name for hit in first_by_name(queries.listed(owner), "nowak", 3)]
    assert found == ["Nowak Eins", "Nowak Zwei", "Aker Nowak"]
