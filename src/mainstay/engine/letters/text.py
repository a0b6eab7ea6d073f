"""The text of an e-mail as people read it: HTML without its signs, what is quoted set apart."""

import re
from html.parser import HTMLParser

import nh3

LARGEST_HTML = 512 << 10
LONGEST = 20_000
# The earlier e-mails below; more of them stands in those e-mails.
LONGEST_QUOTED = 20_000
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BLOCKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol"}
_KEPT = _BLOCKS | {"blockquote", "td", "th", "a"}
_SILENT = {"script", "style", "title", "head", "template", "noscript", "iframe", "object", "svg"}

# Lines that mail programs put above what is quoted, in the languages of the customers.
_WROTE = re.compile(
    r"(wrote|schrieb[^:]{0,80}|napisał(?:\(a\)|a)?|pisze|a écrit|escribió|ha scritto"
    r"|написал(?:\(а\)|а)?|пишет|写道|寫道)\s?[:：]$",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"^[-_]{2,}\s?(original message|forwarded message|ursprüngliche nachricht"
    r"|weitergeleitete nachricht|oryginalna wiadomość|wiadomość oryginalna"
    r"|wiadomość przekazana|treść przekazanej wiadomości|исходное сообщение"
    r"|пересылаемое сообщение|原始邮件|原邮件|转发邮件|轉寄郵件)\s?[-_]{2,}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\*?(from|von|od|de|da|от|发件人|寄件者)\*?\s?[:：]", re.IGNORECASE)
_SENT = re.compile(
    r"^\*?(sent|date|gesendet|datum|wysłano|data|envoyé|отправлено|дата|发送时间|日期)\*?\s?[:：]",
    re.IGNORECASE,
)
_HEADING_LINES = 4
_LONGEST_HEADING = 300
_LINES_OF_A_HEADING = 3


def clean(text: str) -> str:
    """Return the text without the signs that cannot be stored, ends of lines as one sign."""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def of_html(html: str) -> str:
    """Return the words of an HTML text; nothing of it is ever shown as HTML."""
    safe = nh3.clean(
        html[:LARGEST_HTML],
        tags=_KEPT,
        clean_content_tags=_SILENT,
        attributes={"a": {"href"}},
        link_rel=None,
    )
    reader = _Words()
    reader.feed(safe)
    reader.close()
    return reader.text()


class _Words(HTMLParser):
    """Gathers words, line by line; what is in a blockquote gets a “>” in front."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.depth = 0
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "blockquote":
            self._end()
            self.depth += 1
        elif tag in _BLOCKS:
            self._end(keep_empty=tag == "br")
            self.line += "- " if tag == "li" else ""
        elif tag in ("td", "th") and self.line:
            self.line += " "
        elif tag == "a":
            self.address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._end()
            self.depth = max(0, self.depth - 1)
        elif tag == "a":
            self._name_address()
        elif tag in _BLOCKS and tag != "br":
            self._end()
            if tag == "p":
                self._end(keep_empty=True)

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data)
        self.line += words if self.line else words.lstrip()

    def _name_address(self) -> None:
        """Write where a link leads, if its words do not say so."""
        if self.address.startswith(("http://", "https://")) and self.address not in self.line:
            self.line += f" ({self.address[:500]})"
        self.address = ""

    def _end(self, *, keep_empty: bool = False) -> None:
        if self.line.strip() or keep_empty:
            self.lines.append(("> " if self.depth else "") + self.line.rstrip())
        self.line = ""

    def text(self) -> str:
        self._end()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()


def folded(text: str) -> tuple[str, str]:
    """Return what is new in the e-mail, and the earlier e-mails quoted below it.

    Answers written between quoted lines stay together with them: nothing is taken apart that
    would no longer be understood.
    """
    lines = text.split("\n")
    start = next((n for n, _line in enumerate(lines) if _begins_quote(lines, n)), None)
    if start is None:
        start = _tail_of_quotes(lines)
    new = "\n".join(lines[:start]).strip()
    if not new or _answered_within(lines[start:]):
        return text.strip(), ""
    return new, "\n".join(lines[start:]).strip()


def _begins_quote(lines: list[str], n: int) -> bool:
    line = lines[n].strip()
    if not line or len(line) > _LONGEST_HEADING:
        return False
    if _RULE.match(line):
        return True
    if _FROM.match(line):
        return any(_SENT.match(each.strip()[:40]) for each in lines[n + 1 : n + _HEADING_LINES])
    return _is_heading(lines, n)


def _is_heading(lines: list[str], n: int) -> bool:
    """Answer whether here begins “On 3 May … wrote:”, which may go over several lines."""
    if not any(sign.isdigit() for sign in lines[n]):
        return False
    for line in lines[n : n + _LINES_OF_A_HEADING]:
        if not line.strip() or len(line) > _LONGEST_HEADING:
            return False
        if _WROTE.search(line.strip()):
            return True
    return False


def _tail_of_quotes(lines: list[str]) -> int:
    """Return where the quoted lines at the end begin; the number of lines if there are none."""
    at = len(lines)
    while at and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith(">")):
        at -= 1
    return at if any(each.strip() for each in lines[at:]) else len(lines)


def _answered_within(lines: list[str]) -> bool:
    """Answer whether new words stand between the quoted lines, or after them."""
    marks = [each.lstrip().startswith(">") for each in lines if each.strip()]
    return True in marks and False in marks[marks.index(True) :]
