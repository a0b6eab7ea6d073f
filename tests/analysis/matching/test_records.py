"""Customers as they are compared: names of every script, numbers and addresses in one form."""

import pytest

from mainstay.analysis.matching import names, places, records, ways
from mainstay.analysis.matching.explanation import contradicted, steps
from mainstay.analysis.matching.weights import Weights, known, learnt, shipped

SAME_COMPANY = [
    ("Nova Logistyka Sp. z o.o.", "NOVA LOGISTYKA spółka z ograniczoną odpowiedzialnością"),
    ("Nova Logistyka sp. z o. o.", "Nova Logistyka"),
    ("Huta Łaziska S.A.", "Huta Laziska spółka akcyjna"),
    ("ООО «Ромашка»", "Romashka OOO"),
    ("ЗАО Северный ветер", "Северный ветер, ЗАО"),
    ("ИП Иванов", "Ivanov"),
    ("Müller & Söhne GmbH & Co. KG", "Muller Sohne"),
    ("Bayer AG", "BAYER Aktiengesellschaft"),
    ("Acme Ltd.", "Acme Limited"),
    ("Acme Inc", "ACME, Inc."),
    ("Kofola s.r.o.", "Kofola spol. s r.o."),
    ("北京大米科技有限公司", "北京大米科技股份有限公司"),
    ("北京大米科技有限公司", "Beijing Dami Keji"),
]
SAME_PERSON = [
    ("Łukasz Żółć", "Lukasz Zolc"),
    ("Щукин Юрий", "Yuriy Shchukin"),
    ("Юрий Щукин", "Jurij Szczukin"),
    ("Иванов Иван Петрович", "Иван Петрович Иванов"),
    ("王小明", "Wang Xiaoming"),
    ("歐陽娜", "欧阳娜"),
    ("dr inż. Anna Nowak-Kowal", "Nowak-Kowal, Anna"),
    ("NOWAK Anna", "Anna Nowak"),
    ("Jürgen Müller", "Juergen Mueller"),
    ("Pan Войцик Адам", "Wojcik Adam"),
]


@pytest.mark.parametrize(("one", "other"), SAME_COMPANY)
def test_a_company_is_known_without_its_legal_form(one: str, other: str) -> None:
    rows = [records.comparable({"kind": "organisation", "name": name}) for name in (one, other)]

    assert set(rows[0]["words"].replace(" ", "")) == set(rows[1]["words"].replace(" ", ""))
    assert rows[0]["name"]


@pytest.mark.parametrize(("one", "other"), SAME_PERSON)
def test_a_person_is_known_in_every_script_and_order(one: str, other: str) -> None:
    rows = [records.comparable({"kind": "person", "name": name}) for name in (one, other)]
    pairs = [{row["given_sound"], row["surname_sound"]} for row in rows]

    assert pairs[0] == pairs[1]


@pytest.mark.parametrize("name", ["", " ", "GmbH", "?!", "王", "Ó", "Ms", "sp. z o.o."])
def test_a_strange_name_is_still_a_row(name: str) -> None:
    for kind in ("person", "organisation"):
        assert set(records.comparable({"kind": kind, "name": name})) == set(records.COLUMNS)


def test_titles_particles_and_initials() -> None:
    assert names.person("Ludwig van der Berg") == ("ludwig", "van der berg")
    assert names.person("Prof. Maria Curie") == ("maria", "curie")
    assert names.person("Cher") == ("", "cher")


def test_ways_to_reach_somebody() -> None:
    assert ways.phone("(601) 002-003", "PL") == ways.phone("0048 601 002 003")
    assert ways.phone("8 (916) 123-45-67", "RU") == ways.phone("+7 916 1234567")
    assert [ways.phone(text) for text in ("", "12", "none")] == ["", "", ""]
    assert [ways.email(text) for text in ("", "a@b", "@x.pl")] == ["", "", ""]
    assert ways.mail_site("jan@gmail.com") == ""
    assert ways.tax_number("PL5260001246") == ways.tax_number("526-000-12-46")
    assert ways.tax_number("0000000000") == ""


def test_addresses_and_days() -> None:
    assert places.street("ul.Długa 5/7") == places.street("Dluga", "5")
    assert places.street("Bahnhofstraße 12a") == ("bahnhof", "12a")
    assert places.street("улица Ленина 4") == ("lenina", "4")
    assert [places.day(text) for text in ("31.12.1999", "1999-12-31", "")] == [
        "19991231",
        "19991231",
        "",
    ]


def test_weights_of_earlier_rules_are_not_used_again() -> None:
    weights = learnt({"tax": {"same": (0.5, 0.1)}}, records=1000, pairs=50, prior=0.001)

    assert known(weights.plain()) == weights
    assert weights.shares["tax"]["same"] == (pytest.approx((0.5 + 0.9) / 2), 0.1)
    assert known(weights.plain() | {"version": "older"}) is None


def test_few_records_start_from_a_prior_that_is_a_probability() -> None:
    assert [shipped(records=count).prior for count in (0, 1, 2)] == [0.01, 0.01, 0.01]
    assert isinstance(shipped(records=10**6), Weights)
    assert 0 < shipped(records=10**6).prior < 1e-6


def test_the_steps_add_up_and_say_what_contradicts() -> None:
    from mainstay.analysis.matching.comparisons import GIVEN, TAX

    row = {"gamma_tax": 3, "mw_tax": 12.0, "gamma_given": 0, "mw_given": -23.0}
    found = steps(row, (TAX, GIVEN), prior_bits=-10.0)

    assert [(step["field"], step["level"], step["bits"]) for step in found] == [
        ("prior", "prior", -10.0),
        ("tax", "same", 12.0),
        ("given", "other", -23.0),
    ]
    assert contradicted(found)
    assert not contradicted(found[:2])
