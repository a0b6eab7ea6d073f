"""Columns find their part by name or by value."""

import pytest

from mainstay.project.analyse import roles

RETAIL = "InvoiceNo StockCode Description Quantity InvoiceDate UnitPrice CustomerID".split()  # noqa: SIM905


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (RETAIL, "customer=CustomerID moment=InvoiceDate price=UnitPrice order=InvoiceNo"),
        (["Nr klienta", "Data", "Wartość"], "customer=Nr_klienta moment=Data amount=Wartość"),
        (["Код клиента", "Дата", "Сумма"], "customer=Код_клиента moment=Дата amount=Сумма"),
        (["客户编号", "下单时间", "总金额"], "customer=客户编号 moment=下单时间 amount=总金额"),
        (["household_id", "sales_value"], "customer=household_id amount=sales_value"),
    ],
)
def test_by_name(columns: list[str], expected: str) -> None:
    found = roles.guess(columns, [], named=True)

    said = {f"{role}={name}" for role, name in found.items()}
    assert {words.replace("_k", " k").replace("_к", " к") for words in expected.split()} <= said


def test_by_value_where_the_file_names_no_columns() -> None:
    rows = [
        ["00004", "0001", "19970101", "2", "29.33"],
        ["00004", "0001", "19970118", "2", "29.73"],
    ]

    found = roles.guess(["1", "2", "3", "4", "5"], rows, named=False)

    assert found == {"moment": "3", "customer": "1", "amount": "5", "quantity": "4"}


def test_the_user_has_the_last_word() -> None:
    assert roles.chosen(["customer=2", "amount=b"], ["a", "b"]) == {"customer": "b", "amount": "b"}


def test_no_name_stands_for_two_parts() -> None:
    every = [name for names in roles.NAMES.values() for name in names]

    assert sorted({name for name in every if every.count(name) > 1}) == []
