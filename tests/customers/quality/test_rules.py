"""What the rules find, on plain values."""

from dataclasses import replace
from datetime import date

import pytest

from mainstay.customers.quality import numbers, rules
from mainstay.customers.quality.catalogue import RULES
from mainstay.customers.quality.rules import CHECKS, Facts, Person, Place, Use

TODAY = date(2026, 3, 5)
ANNA = Person(1, "Anna", "anna@firma.pl", "+48 601 234 567", True, TODAY)
GOOD = Facts(
    id=7,
    kind="organisation",
    email="office@firma.pl",
    phone="+48 22 520 11 11",
    tax_number="PL5261040828",
    country="PL",
    city="Warszawa",
    industry="Printing",
    founded_year=1998,
    has_owner=True,
    touched=TODAY,
    people=[ANNA, replace(ANNA, id=2), replace(ANNA, id=3)],
    places=[Place(1, True, "Warszawa", "00-950", "PL")],
)
SHIPPED = [Use(r.key, r.weight, r.kind, "", r.limit or 0) for r in RULES]


def found(facts: Facts, *, out: frozenset[str] = frozenset()) -> list[str]:
    return [flaw.rule for flaw in rules.examine(facts, SHIPPED, TODAY, out)]


def test_every_rule_of_the_table_has_a_check_and_the_other_way_round() -> None:
    assert {rule.key for rule in RULES} == set(CHECKS)


def test_a_good_record_meets_every_rule() -> None:
    assert found(GOOD) == []
    assert rules.score(GOOD, SHIPPED, []) == 100


@pytest.mark.parametrize(
    ("changes", "wanting"),
    [
        ({"email": ""}, ["no_email"]),
        ({"phone": ""}, ["no_phone"]),
        ({"city": "", "places": []}, ["no_address"]),
        ({"industry": ""}, ["no_industry"]),
        ({"has_owner": False}, ["no_owner"]),
        ({"people": [ANNA]}, ["few_contacts"]),
        ({"email": "office@firma"}, ["bad_email"]),
        ({"phone": "+48 22 52"}, ["bad_phone"]),
        ({"tax_number": "PL5261040829"}, ["bad_tax_number"]),
        ({"tax_number": "DE136695976"}, ["tax_country"]),
        ({"founded_year": 2031}, ["founded_later"]),
        ({"touched": date(2020, 1, 1)}, ["stale"]),
        ({"places": [Place(1, True, "X", "0095", "PL")]}, ["bad_postcode"]),
        ({"places": [Place(1, True, "X", "10115", "DE")]}, ["other_country"]),
        ({"published": [("duplicate", "Firma SA")]}, ["duplicate"]),
        ({"kind": "person", "founded_year": 1990}, ["person_as_company"]),
        (
            {"people": [replace(ANNA, id=n, email="", phone="") for n in (1, 2, 3)]},
            ["contact_unreachable"] * 3,
        ),
        (
            {"people": [replace(ANNA, id=n, touched=date(2021, 1, 1)) for n in (1, 2, 3)]},
            ["stale_contact"] * 3,
        ),
    ],
)
def test_each_flaw_is_found_and_nothing_else(
    changes: dict[str, object], wanting: list[str]
) -> None:
    assert found(replace(GOOD, **changes)) == wanting


def test_mail_that_came_back_is_found_at_the_contact_who_has_it() -> None:
    flaws = rules.examine(GOOD, SHIPPED, TODAY, frozenset({"anna@firma.pl"}))

    assert [(flaw.rule, flaw.person, flaw.detail) for flaw in flaws] == [
        ("bounced", number, "anna@firma.pl") for number in (1, 2, 3)
    ]


def test_people_who_left_are_not_asked_about() -> None:
    left = replace(ANNA, id=9, email="x", present=False)

    assert found(replace(GOOD, people=[*GOOD.people, left])) == []


def test_the_score_is_the_share_of_the_weights_that_are_met() -> None:
    uses = [Use("no_email", 3), Use("no_phone", 1), Use("person_as_company", 9, kind="person")]

    assert rules.score(GOOD, uses, ["no_email"]) == 25
    assert rules.score(GOOD, [], ["no_email"]) == 100


def test_a_rule_for_class_a_leaves_the_others_alone() -> None:
    use = [Use("no_email", 5, classes="A")]
    blank = replace(GOOD, email="")

    assert rules.examine(blank, use, TODAY) == []
    assert rules.examine(replace(blank, value_class="B"), use, TODAY) == []
    assert len(rules.examine(replace(blank, value_class="A"), use, TODAY)) == 1


@pytest.mark.parametrize(
    ("number", "country", "fits"),
    [
        ("5261040828", "PL", True),
        ("526-104-08-28", "PL", True),
        ("5261040829", "PL", False),
        ("7707083893", "RU", True),
        ("RU7707083893", "RU", True),
        ("7707083894", "RU", False),
        ("91110000600037341L", "CN", True),
        ("91110000600037342L", "CN", False),
        ("DE136695976", "PL", True),
        ("DE136695977", "", False),
        ("EL094259216", "GR", True),
        ("GB980780684", "GB", True),
        ("anything", "", True),
        ("\x00", "PL", False),
    ],
)
def test_tax_numbers_are_asked_by_the_rules_of_their_country(
    number: str, country: str, fits: bool
) -> None:
    assert numbers.fits(number, country) is fits


@pytest.mark.parametrize(
    ("code", "country", "fits"),
    [
        ("00-950", "PL", True),
        ("0095", "PL", False),
        ("EC1A 1BB", "GB", True),
        ("LV-1010", "LV", True),
        ("SW1A 1AA", "DE", False),
        ("anything", "IE", True),
    ],
)
def test_postcodes_look_like_those_of_their_country(code: str, country: str, fits: bool) -> None:
    assert numbers.postcode_fits(code, country) is fits


@pytest.mark.parametrize("typed", ["a..b@firma.pl", "a@firma.test", "@firma.pl", "a@b", "ä@firma"])
def test_the_quick_look_at_an_address_says_what_the_validator_says(typed: str) -> None:
    assert not rules.is_email(typed)
