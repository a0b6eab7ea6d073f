import pytest

from mainstay.customers.talks.words import formatted, mentioned

PEOPLE = [(1, "Anna Kowalska", "anna.kowalska@example.com"), (2, "Li Wei", "li@example.com")]


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One\ntwo\n\nthree", "<p>One<br>two</p><p>three</p>"),
        ("**Price** and *time*", "<p><strong>Price</strong> and <em>time</em></p>"),
        ("- a\n- b\n1. c", "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"),
        ("> said so", "<blockquote>said so</blockquote>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("", ""),
    ],
)
def test_light_formatting_is_made_of_safe_html_alone(typed: str, html: str) -> None:
    assert formatted(typed) == html


def test_an_address_becomes_a_link_that_tells_nobody_where_it_came_from() -> None:
    html = formatted('See https://example.com/a?b=1&c="x. ')

    assert 'href="https://example.com/a?b=1&amp;c=' in html
    assert 'rel="noopener noreferrer nofollow"' in html
    assert "onerror" not in formatted('[x](https://e.com"onerror=alert(1))').replace("&quot;", "")


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("@Anna Kowalska please", {1}),
        ("@anna.kowalska, @LI", {1, 2}),
        ("(@Li Wei)", {2}),
        ("mail anna.kowalska@example.com", set()),
        ("@Annabel, @lisa, @li.wei", set()),
        ("Anna Kowalska", set()),
    ],
)
def test_colleagues_are_named_by_name_or_address(typed: str, who: set[int]) -> None:
    assert mentioned(typed, PEOPLE) == who
