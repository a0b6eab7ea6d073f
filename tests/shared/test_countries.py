import pytest
from django.utils.translation import override

from mainstay.shared import countries


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Germany"), ("pl", "Niemcy"), ("ru", "Германия"), ("zh-hans", "德国")],
)
def test_a_country_is_named_in_the_readers_language(language: str, name: str) -> None:
    with override(language):
        assert countries.name("DE") == name
        assert ("DE", name) in countries.choices()


def test_an_unknown_code_stays_itself() -> None:
    assert countries.name("XX") == "XX"
    assert all(len(code) == 2 and name for code, name in countries.choices())
