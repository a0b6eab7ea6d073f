"""What a segment is worth, added up for its page or kept from its last counting."""

from typing import Any

import pytest
from django.urls import reverse

from mainstay.customers.segments import counting
from mainstay.customers.segments.tasks import recount
from mainstay.value.models import CustomerValue
from tests.factories.people import UserFactory
from tests.factories.segments import asks, live

pytestmark = pytest.mark.django_db


def test_a_large_segment_keeps_what_it_is_worth(
    run: Any, administrator: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment = live(administrator, asks("customer.kind", "is", ["organisation"]), sharing="all")
    url = reverse("segments:segment", args=[segment.pk])
    asked = signed_in(administrator).get(url).context["page"]
    monkeypatch.setattr(counting, "EXACT_UP_TO", 10)
    recount.func(number=segment.pk)
    CustomerValue.objects.update(clv_minor=0, abc_class="C")

    kept = signed_in(administrator).get(url).context["page"]
    agent = UserFactory(role="service_agent")
    without_money = signed_in(agent).get(url).context["page"]

    assert asked["facts"] == kept["facts"]
    assert asked["facts"][0].tiles[0]["value"] != "–"
    assert "facts_as_of" not in asked
    assert kept["facts_as_of"].startswith("counted ")
    assert not any(each.tiles for each in without_money["facts"])
