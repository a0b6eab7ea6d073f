"""Small pieces of HTML: tables, cards, and a chart with its table behind it."""

from collections.abc import Iterable, Sequence
from html import escape

from mainstay.project.analyse.language import gettext as _

NUMBER, EMPTY = ' class="n"', ""
Cell = str | int | float


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def text(value: Cell) -> str:
    """Return a value fit to stand in a page."""
    return value if isinstance(value, Html) else escape(str(value))


def table(heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, words: int = 1) -> Html:
    """Return a table; after the first `words` columns come numbers."""

    def row(cells: Sequence[Cell], tag: str) -> str:
        said = "".join(
            f"<{tag}{NUMBER if place >= words else EMPTY}>{text(cell)}</{tag}>"
            for place, cell in enumerate(cells)
        )
        return f"<tr>{said}</tr>"

    body = "".join(row(cells, "td") for cells in rows)
    head = row(heads, "th").replace("<th", '<th scope="col"')
    return Html(
        f'<div class="wide"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>'
    )


def paragraph(*sentences: str) -> Html:
    """Return sentences as one paragraph."""
    return Html(f"<p>{' '.join(text(sentence) for sentence in sentences if sentence)}</p>")


def folded(title: str, *parts: str) -> Html:
    """Return parts behind a title that opens them."""
    return Html(f"<details><summary>{escape(title)}</summary>{''.join(parts)}</details>")


def figure(picture: str, caption: str, numbers: str = "") -> Html:
    """Return a chart with what it shows in words and the table behind it."""
    behind = folded(_("The numbers behind this chart"), numbers) if numbers else ""
    words = f"<figcaption>{escape(caption)}</figcaption>"
    return Html(f"<div><figure>{picture}{words}</figure>{behind}</div>")


def section(key: str, title: str, *parts: str) -> Html:
    """Return a section that the contents can link to."""
    return Html(f'<section id="{key}"><h2>{escape(title)}</h2>{"".join(parts)}</section>')


def tile(name: str, value: str, note: str = "") -> Html:
    """Return one headline figure."""
    said = f"<span>{text(note)}</span>" if note else ""
    return Html(f"<div><dt>{escape(name)}</dt><dd>{text(value)}{said}</dd></div>")


def items(sentences: Iterable[str]) -> Html:
    """Return a list."""
    return Html("<ul>" + "".join(f"<li>{text(sentence)}</li>" for sentence in sentences) + "</ul>")
