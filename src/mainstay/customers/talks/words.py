"""What people write about a conversation: light formatting made safe HTML, names with an @."""

import re
from collections.abc import Iterable
from html import escape

import nh3

from mainstay.shared.text import plain

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "code"}
_INLINE = (
    (re.compile(r"`([^`\n]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(\S(?:[^\n]*?\S)?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<![*\w])\*(\S(?:[^*\n]*?\S)?)\*(?![*\w])"), r"<em>\1</em>"),
    (re.compile(r"\[([^\]\n]+)\]\((https?://[^\s)]+)\)"), r'<a href="\2">\1</a>'),
    (re.compile(r'(?<![">\w])(https?://[^\s<]*[^\s<.,;:!?)])'), r'<a href="\1">\1</a>'),
)
_LINE = re.compile(r"(?P<bullet>[-*•] )|(?P<number>\d{1,3}[.)] )|(?P<quote>> ?)")
_AROUND = {"bullet": "ul", "number": "ol", "quote": "blockquote"}
LONGEST_ADDRESS_PART = 64


def formatted(text: str) -> str:
    """Return the text as HTML: paragraphs, lists, quotes, **strong**, *emphasis*, links.

    Everything typed is escaped first, and what comes out passes a sanitiser that knows these
    tags alone: nothing that somebody pastes can run.
    """
    html = "".join(_block(lines) for lines in _blocks(text))
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
    )


def _blocks(text: str) -> Iterable[list[str]]:
    """Yield lines that belong together: of one kind, with no empty line between."""
    block: list[str] = []
    for line in text.splitlines():
        if block and (not line.strip() or _kind(line) != _kind(block[0])):
            yield block
            block = []
        if line.strip():
            block.append(line)
    if block:
        yield block


def _kind(line: str) -> str:
    found = _LINE.match(line.lstrip())
    return found.lastgroup or "" if found else ""


def _block(lines: list[str]) -> str:
    kind = _kind(lines[0])
    inner = [_inline(_LINE.sub("", line.lstrip(), count=1) if kind else line) for line in lines]
    if not kind:
        return f"<p>{'<br>'.join(inner)}</p>"
    around = _AROUND[kind]
    if around == "blockquote":
        return f"<blockquote>{'<br>'.join(inner)}</blockquote>"
    return f"<{around}>{''.join(f'<li>{line}</li>' for line in inner)}</{around}>"


def _inline(line: str) -> str:
    written = escape(line, quote=False)
    for pattern, made in _INLINE:
        written = pattern.sub(made, written)
    return written


def mentioned(text: str, people: Iterable[tuple[int, str, str]]) -> set[int]:
    """Return whom the text names: "@Anna Kowalska" or, by the e-mail address, "@anna.kowalska"."""
    said = plain(text)
    if "@" not in said:
        return set()
    return {
        pk
        for pk, name, email in people
        if any(_named(said, called) for called in (name, email.split("@")[0]))
    }


def _named(said: str, called: str) -> bool:
    wanted = plain(called.strip())[:LONGEST_ADDRESS_PART]
    if not wanted:
        return False
    return re.search(rf"(?<!\w)@{re.escape(wanted)}(?![\w-]|\.\w)", said) is not None
