"""Gaps of a buying centre, circles, the tree and the complexity of a purchase."""

import pytest

from mainstay.analysis.accounts.buying_centre import (
    CLASSIC,
    FACTORS,
    MODERN,
    Person,
    circles,
    complexity,
    findings,
    places,
)


def person(key: int, *roles: str, **known: object) -> Person:
    shape: dict[str, object] = {"days": 3, "ours": frozenset({key})} | known
    return Person(key=key, roles=frozenset(roles), **shape)  # type: ignore[arg-type]


def kinds(*people: Person, complexity: str = "") -> list[str]:
    found = [each.kind for each in findings(people, complexity=complexity)]
    return [kind for kind in found if kind != "role_given_to_nobody"]


def test_a_whole_buying_centre_lacks_nothing() -> None:
    people = [person(n, role) for n, role in enumerate(CLASSIC)]

    assert findings(people, complexity="high") == []


def test_the_lectures_client_lacks_what_its_table_leaves_out() -> None:
    people = [person(1, "buyer"), person(2, "user", "initiator"), person(3, "decider")]

    found = [each.role for each in findings(people)]

    assert found == ["adviser", "approver", "gatekeeper"]


@pytest.mark.parametrize(
    ("people", "kind"),
    [
        ([person(1, "user"), person(2, "buyer")], "no_decider"),
        ([person(1, "decider")], "one_contact"),
        ([person(1, "decider", support=-1), person(2)], "decider_against"),
        ([person(1, "decider"), person(2, "gatekeeper", support=-2)], "gatekeeper_unfriendly"),
        ([person(1, "decider"), person(2, is_here=False)], "contact_left"),
        ([person(1, "decider"), person(2, is_known=False)], "contact_deleted"),
        ([person(1, "decider"), person(2, days=None)], "never_spoken"),
        ([person(1, "decider", influence=5, days=90), person(2)], "silent"),
        ([person(1, "decider"), person(2, influence=4, support=-1)], "strong_against"),
        ([person(1, "decider"), person(2, companies=2)], "two_companies"),
        ([person(1, "decider", contact=7), person(2, "user", contact=7)], "stands_twice"),
        ([person(1, ours=frozenset({1})), person(2, ours=frozenset({1}))], "one_of_us"),
        ([person(1, reports_to=2), person(2, reports_to=1)], "circle"),
    ],
)
def test_gaps_are_found(people: list[Person], kind: str) -> None:
    assert kind in kinds(*people)


def test_a_complex_purchase_takes_more_people() -> None:
    people = [person(1, "decider"), person(2, "user")]

    assert "few_for_complexity" in kinds(*people, complexity="high")
    assert "few_for_complexity" not in kinds(*people, complexity="low")


def test_circles_are_found_once_and_who_hangs_on_them_is_not_part() -> None:
    assert circles({1: 2, 2: 1, 3: 1, 4: None, 5: 5}) == [(1, 2), (5,)]


def test_the_tree_places_everybody_also_in_a_circle() -> None:
    found = places({1: None, 2: 1, 3: 1, 4: 5, 5: 4, 6: 99})

    assert set(found) == {1, 2, 3, 4, 5, 6}
    assert found[1] == (0.5, 0)
    assert (found[4][1], found[5][1]) == (0, 1)
    assert len(set(found.values())) == 6


def test_frequency_and_standard_make_a_purchase_simpler() -> None:
    hard = dict.fromkeys(FACTORS, 5) | {"frequency": 1, "standard": 1}

    assert complexity(hard).value == 5
    assert complexity(dict.fromkeys(FACTORS, 3)).word == "medium"
    assert complexity({"risk": 5}).word == ""
    with pytest.raises(ValueError, match="no such factor"):
        complexity({"weather": 1})
    with pytest.raises(ValueError, match="from 1 to 5"):
        complexity({"risk": 0})


def test_modern_roles_stand_for_classic_ones() -> None:
    assert set(MODERN.values()) == set(CLASSIC)
