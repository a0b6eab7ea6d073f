"""Pages of segments: index, builder, one segment, the customers list."""

from typing import Any

import pytest
from django.urls import reverse

from mainstay.customers.models import Customer
from mainstay.customers.segments import actions, counting, queries
from mainstay.customers.segments.models import Segment
from mainstay.customers.segments.tasks import recount
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory
from tests.factories.segments import asks, fixed, live, rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
POLES = {"n.match": "all", "n.0.field": "customer.country", "n.0.op": "is", "n.0.value": "PL"}


def built(client: Any, **inputs: Any) -> str:
    given = {key.replace("_", "."): value for key, value in inputs.items()}
    return str(client.post(reverse("segments:build"), given).content.decode())


def test_the_size_is_shown_while_the_rule_is_typed(owner: Any, signed_in: Any) -> None:
    CustomerFactory(name="Anna", owner=owner)
    CustomerFactory(name="Foreign to her")

    shown = built(signed_in(owner), **POLES)

    assert "1 customer" in shown
    assert "Anna" in shown
    assert "Foreign to her" not in shown
    assert "Country Poland" in shown


def test_conditions_and_groups_are_added_and_removed(administrator: Any, signed_in: Any) -> None:
    client = signed_in(administrator)

    more = built(client, **POLES, do="group:")
    fewer = built(client, **POLES, n_1_field="customer.city", n_1_op="empty", do="remove:0")

    assert more.count('aria-label="Condition ') == 3
    assert fewer.count('aria-label="Condition ') == 1
    assert 'value="customer.city" selected' in fewer


def test_what_is_not_complete_is_left_out_and_said(administrator: Any, signed_in: Any) -> None:
    shown = built(signed_in(administrator), **POLES, n_1_field="profit.net", n_1_op="under")

    assert "1 condition is not complete." in shown
    assert "Country Poland" in shown


def test_a_rule_is_kept_and_an_unfit_one_refused(administrator: Any, signed_in: Any) -> None:
    client, url = signed_in(administrator), reverse("segments:new")
    CustomerFactory(name="Anna")

    refused = client.post(url, {"name": "Poles", "sharing": "all", **POLES, "n.0.value": ""})
    kept = client.post(url, {"name": "Poles", "sharing": "all", **POLES})

    assert "Choose at least one of “Country”." in refused.content.decode()
    segment = Segment.objects.get()
    assert kept.url == reverse("segments:segment", args=[segment.pk])
    assert segment.definition["rules"] == [asks("customer.country", "is", ["PL"])]


def test_a_change_is_kept_and_the_second_editor_is_told(owner: Any, signed_in: Any) -> None:
    segment, client = live(owner), signed_in(owner)
    url = reverse("segments:edit", args=[segment.pk])
    given = {"name": "Poles", "sharing": "team", "version": 1, **POLES}

    first = client.post(url, given)
    second = client.post(url, given | {"name": "Ours"})

    assert first.status_code == 302
    assert second.status_code == 200
    assert Segment.objects.get().name == "Poles"


def test_one_segment_tells_who_came(owner: Any, signed_in: Any) -> None:
    CustomerFactory(name="Anna", owner=owner)
    segment = live(owner)
    actions.recount(segment=segment, now=NOW)

    shown = signed_in(owner).get(reverse("segments:segment", args=[segment.pk]))

    text = shown.content.decode()
    assert "Anna" in text
    assert "Country Poland" in text


def test_a_large_segment_is_told_as_it_was_counted_to_who_sees_everybody(
    administrator: Any, owner: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "EXACT_UP_TO", 1)
    anna, *_others, gone = [CustomerFactory(owner=owner) for _n in range(3)]
    segment = live(administrator, sharing="all")
    recount.func(number=segment.pk)
    url = reverse("segments:segment", args=[segment.pk])
    Customer.objects.filter(pk=anna.pk).update(country="DE")
    Customer.objects.filter(pk=gone.pk).update(archived_at=NOW)

    everybody, hers = (signed_in(who).get(url).context["page"] for who in (administrator, owner))

    assert [page["tiles"][0]["value"] for page in (everybody, hers)] == ["2", "1"]
    assert "counted" in everybody["tiles"][0]["hint"]
    assert hers["tiles"][0]["hint"] == "the rule, asked just now"


def test_a_changed_rule_forgets_who_was_counted_by_the_old_one(administrator: Any) -> None:
    CustomerFactory()
    segment = live(administrator)
    recount.func(number=segment.pk)
    changed = {"definition": rule(asks("customer.country", "is", ["DE"]))}
    segment.refresh_from_db()

    actions.save_segment(
        by=administrator, now=NOW, values=changed, segment=segment, version=segment.version
    )

    row = Segment.objects.get()
    assert (row.members, row.counted_at, row.facts) == (None, None, {})


def test_a_private_segment_is_nobody_elses(owner: Any, stranger: Any, signed_in: Any) -> None:
    segment, client = live(owner), signed_in(stranger)

    page = client.get(reverse("segments:segment", args=[segment.pk]))
    rows = client.get(reverse("customers:list"), {"in_segment": segment.pk})

    assert page.status_code == 404
    assert "Select a valid choice" in rows.content.decode()


@pytest.mark.parametrize("direct", [True, False])
def test_the_customers_list_shows_a_segment(
    administrator: Any, signed_in: Any, direct: Any
) -> None:
    CustomerFactory(name="Anna")
    CustomerFactory(name="Bert", country="DE")
    segment = live(administrator)
    actions.recount(segment=segment, now=NOW)
    actions.note_speed(segment, took_ms=1, direct=direct)

    shown = signed_in(administrator).get(reverse("customers:list"), {"in_segment": segment.pk})

    assert "Anna" in shown.content.decode()
    assert "Bert" not in shown.content.decode()


def test_ticked_customers_are_put_on_a_list(administrator: Any, signed_in: Any) -> None:
    anna, bert = CustomerFactory(name="Anna"), CustomerFactory(name="Bert")
    segment, client = fixed(administrator, bert), signed_in(administrator)
    told = {"value-segment-add": segment.pk, "value-segment-remove": segment.pk}
    url = reverse("customers:list")

    client.post(url, {"action": "segment-add", "row": [anna.pk], **told})
    client.post(url, {"action": "segment-remove", "row": [bert.pk], **told})

    assert list(queries.stored(segment).values_list("customer", flat=True)) == [anna.pk]


def test_pasted_lines_name_customers(administrator: Any, signed_in: Any) -> None:
    CustomerFactory(name="Anna", email="anna@example.com")
    CustomerFactory(name="Twice")
    CustomerFactory(name="Twice")
    segment = fixed(administrator)

    lines = "anna@example.com\nTwice\nNobody\n"
    url = reverse("segments:paste", args=[segment.pk])
    shown = signed_in(administrator).post(url, {"lines": lines}, follow=True)

    assert "Twice, Nobody" in shown.content.decode()
    assert queries.stored(segment).count() == 1


def test_a_segment_is_copied_counted_and_put_away(administrator: Any, signed_in: Any) -> None:
    CustomerFactory(name="Anna")
    segment, client = live(administrator), signed_in(administrator)

    client.post(reverse("segments:fix", args=[segment.pk]), {"name": "As of spring"})
    client.post(reverse("segments:count", args=[segment.pk]))
    client.post(reverse("segments:archive", args=[segment.pk]))

    shown = client.get(reverse("segments:index")).content.decode()
    assert "As of spring" in shown
    assert reverse("segments:segment", args=[segment.pk]) not in shown
