from datetime import timedelta

import pytest

from mainstay.records import actions
from mainstay.records.models import AuditEvent
from tests.factories.people import TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(owner, now):
    north, south = TeamFactory(name="North"), TeamFactory(name="South")
    for days, (by, verb, team) in enumerate(
        [
            (owner, "team.created", north),
            (None, "team.renamed", south),
            (owner, "x.odd_deed", south),
        ]
    ):
        actions.record(
            by=by,
            verb=verb,
            target=team,
            old={"name": "Old <b>"},
            new={"name": team.name},
            now=now + timedelta(days=days),
        )


def targets(response):
    return [line.target for line in response.context["lines"]]


def test_the_log_shows_the_latest_first(signed_in, manager, events):
    response = signed_in(manager).get("/records/")

    assert targets(response) == ["South", "South", "North"]
    page = response.content.decode()
    assert "Old &lt;b&gt;" in page
    assert "odd deed" in page


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ({"actor": "Olga Owner"}, ["South", "North"]),
        ({"verb": "team.renamed"}, ["South"]),
        ({"target": "nor"}, ["North"]),
        ({"since": "2026-03-06", "until": "2026-03-06"}, ["South"]),
        ({"until": "2026-03-05"}, ["North"]),
        ({"target": "no such\x00 thing"}, []),
    ],
)
def test_filters(signed_in, manager, events, filter_, found):
    assert targets(signed_in(manager).get("/records/", filter_)) == found


def test_an_unreadable_day_gets_a_sentence(signed_in, manager, events):
    page = signed_in(manager).get("/records/", {"since": "2026-02-31"}).content.decode()

    assert "“2026-02-31” is not a day" in page


@pytest.mark.parametrize("person", ["owner", "analyst", "read_only"])
def test_only_those_who_govern_see_it(request, signed_in, person):
    assert signed_in(request.getfixturevalue(person)).get("/records/").status_code == 403


def test_paging_over_equal_moments(signed_in, manager, now, django_assert_max_num_queries):
    AuditEvent.objects.bulk_create(
        AuditEvent(
            at=now, actor="A", verb="v", target_type="t", target_id=str(n), target_label=str(n)
        )
        for n in range(150)
    )
    client = signed_in(manager)

    with django_assert_max_num_queries(6):
        first = client.get("/records/")
    second = client.get("/records/" + first.context["next_url"])

    assert targets(first) + targets(second) == [str(n) for n in reversed(range(150))]
