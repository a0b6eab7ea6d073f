"""Detection from bytes alone."""

import pytest

from mainstay.engine.files import detect
from mainstay.engine.files.layout import Format
from mainstay.engine.files.unreadable import Unreadable

TEXTS = {
    "cp1250": ["id;nazwa\n1;Łęcki Żółć\n2;Zażółć gęślą jaźń\n", "1;Łódź\n", "PL;ŻYWIEC\n"],
    "cp1251": ["id;имя\n1;Иванов Пётр\n2;ООО «Ромашка»\n", "МОСКВА,Санкт\n", "Город\n"],
    "cp1252": ["id;nom\n1;José\n2;Café Müller £5\n", "a;5 £\n", "naïve Ångström Ørsted"],
    "gb18030": ["编号,姓名\n1,王伟\n2,李娜股份有限公司\n", "客户\n"],
    "utf-8": ["id;nazwa\n1;Łęcki\n", "编号,姓名\n", "plain\n"],
    "utf-16": ["id,имя\n1,José\n"],
    "utf-16-le": ["编号,姓名\n1,王伟\n"],
    "utf-16-be": ["id,name\n1,José\n"],
}


@pytest.mark.parametrize(
    ("text", "encoding"), [(text, name) for name, texts in TEXTS.items() for text in texts]
)
def test_the_encoding_found_gives_back_the_text(text: str, encoding: str) -> None:
    raw = text.encode(encoding)

    assert raw.decode(detect.encoding_of(raw)) == text


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("id;amount\n1;2,5\n2;3,5\n", ";"),
        ("a,b,c\n1,2,3\n", ","),
        ("a\tb\n1\t2,5\n", "\t"),
        ("a|b\n1|2\n", "|"),
        (" 00001 19970101  1   11.77\n 00002 19970112  1   12.00\n", " "),
        ('"a;b",c\n"d;e",f\n', ","),
        ("one\ntwo\n", ","),
        ("", ","),
    ],
)
def test_delimiter(text: str, delimiter: str) -> None:
    assert detect.delimiter_of(text) == delimiter


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (["InvoiceNo", "Quantity"], True),
        (["客户", "金额"], True),
        (["00001", "19970101", "11.77"], False),
        (["Łęcki", "31.12.2025"], False),
        (["name", "1 234,50 €"], False),
        (["", ""], False),
    ],
)
def test_header(first: list[str], expected: bool) -> None:
    assert detect.has_header([first]) is expected


def test_format_by_first_bytes() -> None:
    assert detect.format_of(b"PAR1....") is Format.PARQUET
    assert detect.format_of(b"PK\x03\x04") is Format.WORKBOOK
    assert detect.format_of(b"a,b\n") is Format.TEXT
    with pytest.raises(Unreadable, match="not a table"):
        detect.format_of(b"%PDF-1.7")
