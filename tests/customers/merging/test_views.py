"""The review, two records chosen by hand, and undoing on the page."""

from typing import Any

import pytest
from django.urls import reverse

from mainstay.customers.duplicates.models import Pair
from mainstay.customers.merging.models import Merge
from tests.customers.merging.world import fresh, join, twins
from tests.factories.customers import CustomerFactory, InteractionFactory

pytestmark = pytest.mark.django_db


def pair_of(left: Any, right: Any, probability: float = 0.9) -> Pair:
    return Pair.objects.create(
        left=left,
        right=right,
        kind=left.kind,
        probability=probability,
        weight=8.0,
        waterfall=[
            {"field": "name", "level": "alike", "bits": 6.5, "left": "A", "right": "B"},
            {"field": "city", "level": "different", "bits": -1.2, "left": "Gdańsk", "right": ""},
        ],
    )


@pytest.fixture
def pair(owner: Any) -> Pair:
    kept, gone = twins()
    type(kept).objects.update(owner=owner)
    return pair_of(kept, gone)


def answer(pair: Pair, word: str, **more: Any) -> dict[str, Any]:
    pks = [pair.left_id, pair.right_id]
    return {"answer": word, "subject": "customer", "kept": pks[0], "record": pks, **more}


def test_a_pair_stands_side_by_side_with_its_reasons(
    owner: Any, signed_in: Any, pair: Pair, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(owner)
    client.get(reverse("merging:review"))

    with django_assert_max_num_queries(32):
        page = client.get(reverse("merging:review"))

    assert page.context["kept"] == pair.left_id
    assert {line["name"] for line in page.context["differing"]} == {
        "name",
        "email",
        "phone",
        "industry",
        "city",
    }
    assert {line["label"]: line["cells"] for line in page.context["moves"]}["Orders"] == [1, 1]
    assert "91× for it" in page.content.decode()
    assert "2.3× against it" in page.content.decode()
    assert 'data-key="m"' in page.content.decode()


def test_merging_with_one_answer_and_taking_it_back(owner: Any, signed_in: Any, pair: Pair) -> None:
    client = signed_in(owner)
    chosen = answer(pair, "merge", **{"field-name": pair.right_id})

    done = client.post(reverse("merging:decide", args=[pair.pk]), chosen, follow=True)

    assert "Merged 1 record into HANZA." in done.content.decode()
    assert "Nothing to review" in done.content.decode()
    gone = client.get(reverse("cockpit:customer", args=[pair.right_id]))
    assert gone["Location"] == reverse("cockpit:customer", args=[pair.left_id])

    back = client.post(reverse("merging:take_back"), follow=True)

    assert back.context["pair"] == pair
    assert fresh(pair.left).name == "Hanza Sp. z o.o."


def test_kept_apart_and_put_off(owner: Any, signed_in: Any, pair: Pair) -> None:
    other = pair_of(pair.left, CustomerFactory(owner=owner), probability=0.6)
    client = signed_in(owner)

    later = client.post(
        reverse("merging:decide", args=[pair.pk]), answer(pair, "later"), follow=True
    )
    assert later.context["pair"] == other
    client.post(reverse("merging:decide", args=[other.pk]), answer(other, "distinct"))

    assert fresh(other).state == "distinct"
    assert client.get(reverse("merging:review")).context["pair"] == pair


def test_three_records_of_one_group_come_together(owner: Any, signed_in: Any, pair: Pair) -> None:
    third = CustomerFactory(owner=owner, name="Hanza Gdynia")
    pair_of(pair.right, third, probability=0.7)
    client = signed_in(owner)

    page = client.get(reverse("merging:review"))
    assert [record["pk"] for record in page.context["records"]] == [
        pair.left_id,
        pair.right_id,
        third.pk,
    ]
    client.post(
        reverse("merging:decide", args=[pair.pk]),
        answer(pair, "merge", record=[pair.left_id, pair.right_id, third.pk]),
    )

    assert Merge.objects.get().absorbed.count() == 2


def test_who_does_not_see_both_sees_no_pair(
    owner: Any, stranger: Any, signed_in: Any, pair: Pair
) -> None:
    type(pair.left).objects.filter(pk=pair.right_id).update(owner=stranger, team=None)

    for person in (owner, stranger):
        client = signed_in(person)
        assert "Nothing to review" in client.get(reverse("merging:review")).content.decode()
        address = reverse("merging:decide", args=[pair.pk])
        assert client.post(address, answer(pair, "merge")).status_code == 404
    assert not Merge.objects.exists()


def test_by_hand_from_the_list_and_from_the_page(owner: Any, signed_in: Any, pair: Pair) -> None:
    client = signed_in(owner)
    pks = [pair.left_id, pair.right_id]

    opened = client.post(reverse("customers:list"), {"action": "merge", "row": pks})
    assert len(client.get(opened["Location"]).context["records"]) == 2
    found = client.get(reverse("merging:compare"), {"record": pks[0], "words": "hanza"})
    assert [name for name, _about, _address in found.context["partners"]] == ["HANZA", "Hanza Port"]
    done = client.post(
        reverse("merging:compare"), {"subject": "customer", "kept": pks[0], "record": pks}
    )

    assert done["Location"] == reverse("cockpit:customer", args=[pks[0]])
    again = client.post(
        reverse("merging:compare"), {"subject": "customer", "kept": pks[0], "record": pks}
    )
    assert "was merged into" in again.content.decode()


def test_undoing_on_the_page_asks_about_later_edits(owner: Any, signed_in: Any, pair: Pair) -> None:
    merge = join(pair.left, pair.right, by=owner)
    talk = InteractionFactory(customer=pair.left, subject="Autumn prices")
    client = signed_in(owner)
    address = reverse("merging:merge", args=[merge.pk])

    assert "Added after the merge: Autumn prices" in client.get(address).content.decode()
    refused = client.post(reverse("merging:undo", args=[merge.pk]), follow=True)
    assert "say what becomes of it" in refused.content.decode()
    key = f"added:customers.interaction.customer:{talk.pk}"
    client.post(reverse("merging:undo", args=[merge.pk]), {key: str(pair.right_id)})

    assert fresh(talk).customer_id == pair.right_id
    assert "Undone" in client.get(reverse("merging:index")).content.decode()
    assert fresh(pair).state == "distinct"


def test_a_tombstone_is_not_written_on(owner: Any, signed_in: Any, pair: Pair) -> None:
    join(pair.left, pair.right, by=owner)
    client = signed_in(owner)

    page = client.post(
        reverse("customers:edit", args=[pair.right_id]), {"kind": "organisation", "name": "Neu"}
    )

    assert "was merged into Hanza Sp. z o.o.; go on there, or undo the merge." in (
        page.content.decode()
    )
    assert fresh(pair.right).name == "HANZA"
