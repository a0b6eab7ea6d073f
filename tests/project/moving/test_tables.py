"""Every model has a word about export, and no secret goes out."""

import json
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.project.moving import tables, texts
from mainstay.project.moving.columns import canonical
from mainstay.shared.sheets import unformula
from tests.project.moving.filling import HOSTILE


def test_every_model_goes_out_or_stays_for_a_reason() -> None:
    assert tables.gaps() == []


def test_a_model_without_a_word_and_a_secret_are_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    stays = {name: why for name, why in tables.STAYS.items() if name != "jobs.Job"}
    monkeypatch.setattr(tables, "STAYS", stays)
    open_user = tables.Table("users", "people.User")
    monkeypatch.setattr(tables, "TABLES", (*tables.TABLES[:2], open_user, *tables.TABLES[3:]))

    found = tables.gaps()

    assert [gap.split()[0] for gap in found] == ["jobs.Job:", "people.User.password"]


def test_names_are_told_apart() -> None:
    names = [table.name for table in tables.TABLES]
    assert len(set(names)) == len(names)


SIGNS = "'=+-@\t\r a\uff1d\u00a0\u2003\x1c\x0b"


@settings(max_examples=50)
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(alphabet=SIGNS))))
def test_no_text_becomes_a_formula_and_each_comes_back(found: list[str]) -> None:
    values = pa.chunked_array([pa.array(found, pa.string())])

    written = texts.escaped(values)

    assert texts.unescaped(written).to_pylist() == found
    for text in written.to_pylist():
        assert text.startswith("'") or unformula(text) == text


JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=30)
@given(st.lists(JSON, max_size=4))
def test_json_is_the_same_in_whatever_order_its_keys_came(found: list[Any]) -> None:
    either = [json.dumps(each) for each in found] + [None]
    other = [json.dumps(each, sort_keys=True, ensure_ascii=False) for each in found] + [None]

    one, two = (canonical(pa.array(texts, pa.string())) for texts in (either, other))

    assert one.equals(two)
    assert [json.loads(text) for text in one.to_pylist()[:-1]] == found
