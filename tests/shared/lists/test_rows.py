from types import SimpleNamespace

from django.utils.safestring import SafeString

from mainstay.shared.lists import Column, Kind
from mainstay.shared.lists.columns import cell
from mainstay.shared.templatetags.list_rows import list_rows

EVIL = '<b>"Łódź" & 50%</b>'


def test_what_people_typed_is_escaped_in_every_cell() -> None:
    for kind, value in [(Kind.TEXT, EVIL), (Kind.PERSON, EVIL), (Kind.TAGS, [EVIL])]:
        text = cell(Column(key="x", label="x", kind=kind), value, "EUR")
        assert "<b>" not in text
        assert "&lt;b&gt;&quot;Łódź&quot; &amp; 50%&lt;/b&gt;" in text


def test_a_row_is_a_link_with_its_cells_and_a_box_to_tick() -> None:
    row = SimpleNamespace(pk=1234, url="/x/?a&b", name=EVIL, cells=[(True, SafeString("1"))])

    plain, ticked = list_rows([row], ticks=[]), list_rows([row], ticks=["tag"])

    assert "<b>" not in ticked
    assert 'href="/x/?a&amp;b"' in plain
    assert '<td class="num">1</td>' in plain
    assert "checkbox" not in plain
    assert 'value="1234"' in ticked
    assert "Tick &lt;b&gt;" in ticked
