"""Strangers' e-mails become plain values, whatever stands in them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import test

from mainstay.engine import letters
from mainstay.engine.files import Unreadable
from mainstay.engine.letters import reading, text
from tests.factories.mails import email, mbox

GMAIL = (
    '<div dir="ltr">Yes, <b>Tuesday</b> suits us.<script>steal()</script></div><br>'
    '<div class="gmail_quote"><div>On Mon, 4 May 2026 at 10:15, Olga &lt;o@x.example&gt; '
    "wrote:<br></div><blockquote>When do you have time?</blockquote></div>"
)


@pytest.mark.parametrize(
    ("written", "new", "quoted"),
    [
        ("Hello\n\nOn 4 May 2026 Ada wrote:\n> Hi", "Hello", "On 4 May 2026 Ada wrote:\n> Hi"),
        ("Tak.\n\nW dniu 4.05.2026 o 10:15, Ada pisze:\n> Czy?", "Tak.", "W dniu"),
        ("Да.\n\n4 мая 2026 г., Ада написал(а):\n> Когда?", "Да.", "4 мая"),
        ("好的\n\n在2026年5月4日，王芳写道：\n> 何时", "好的", "在2026"),
        ("Fine\n\nVon: Ada\nGesendet: Montag\nAn: Ben\n\nHallo", "Fine", "Von: Ada"),
        ("Fine\n-----Original Message-----\nHi", "Fine", "-----Original"),
        ("Fine\n> earlier\n> words", "Fine", "> earlier"),
    ],
)
def test_what_is_quoted_is_set_apart(written: str, new: str, quoted: str) -> None:
    found, rest = text.folded(written)

    assert found == new
    assert rest.startswith(quoted)


@pytest.mark.parametrize(
    "written",
    [
        "On 4 May 2026 Ada wrote:\n> When?\nTuesday.\n> Where?\nHere.",
        "> When?\nTuesday.",
        "I met Ada. She wrote:\nnothing",
    ],
)
def test_answers_between_the_quotes_stay_with_them(written: str) -> None:
    assert text.folded(written) == (written, "")


def test_html_becomes_text_and_is_never_run() -> None:
    letter = reading.letter(email("", html=GMAIL).as_bytes())

    assert letter.text == "Yes, Tuesday suits us."
    assert "> When do you have time?" in letter.quoted
    assert "steal" not in letter.text + letter.quoted


@pytest.mark.parametrize(
    ("date", "at", "offset"),
    [
        ("Wed, 04 Feb 2026 10:15:00 +0200", "2026-02-04T08:15", 120),
        ("Wed, 04 Feb 2026 10:15:00 -0000", "2026-02-04T10:15", None),
        ("Wed, 04 Feb 2026 10:15:00", "2026-02-04T10:15", None),
        ("04 Feb 26 10:15 EST", "2026-02-04T15:15", -300),
    ],
)
def test_the_moment_is_utc_and_says_how_far_from_it(date: str, at: str, offset: int | None) -> None:
    letter = reading.letter(
        email().as_bytes().replace(b"Wed, 04 Feb 2026 10:15:00 +0200", date.encode())
    )

    assert letter.sent_at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert (letter.offset, letter.timed_by) == (offset, "date")


def test_without_a_date_the_servers_moment_counts() -> None:
    bare = email(date=None, received="by mx.example; Thu, 05 Feb 2026 09:00:00 +0000")

    letter = reading.letter(bare.as_bytes())

    assert letter.sent_at == datetime(2026, 2, 5, 9, tzinfo=UTC)
    assert letter.timed_by == "received"


def test_the_key_is_the_id_or_else_of_the_content() -> None:
    one, again = (reading.letter(email("x", received=r).as_bytes()) for r in ("by a", "by b"))
    bare, other = (reading.letter(email(t, message_id=None).as_bytes()) for t in ("x", "y"))
    moved = reading.letter(email("x", message_id=None, received="by c").as_bytes())

    assert one.key == again.key
    assert len({one.key, bare.key, other.key}) == 3
    assert bare.key == moved.key


def test_files_are_named_cleanly_and_large_ones_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    message = email()
    for name, size in (("../../etc/offer.pdf", 5), ("C:\\x\\run\u202e.exe", 5), ("big.pdf", 11)):
        message.add_attachment(
            b"x" * size, maintype="application", subtype="octet-stream", filename=name
        )

    files = reading.letter(message.as_bytes()).files

    assert [(f.name, f.size, f.why) for f in files] == [
        ("offer.pdf", 5, ""),
        ("run.exe", 5, ""),
        ("big.pdf", 11, "large"),
    ]
    assert files[2].content == b""


def test_a_report_names_who_could_not_be_reached() -> None:
    report = (
        b"From: MAILER-DAEMON@mx.example\nDate: Wed, 04 Feb 2026 10:15:00 +0000\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nSorry\n--b\nContent-Type: message/delivery-status\n\n"
        b"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; Ada@Port.example\n"
        b"Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n\n"
        b"Final-Recipient: rfc822; late@port.example\nAction: delayed\nStatus: 4.2.2\n--b--\n"
    )

    letter = reading.letter(report)

    assert [(a.email, a.name) for a in letter.failed] == [
        ("ada@port.example", "smtp; 550 no such user")
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff" * 50, b"no headers at all\n" * 3, b"Subject: only\n\nx", b"From: \n\nx"],
)
def test_what_is_no_email_is_malformed(content: bytes) -> None:
    with pytest.raises(reading.Malformed):
        reading.letter(content)


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: =?utf-8?b?////?=",
        b"Subject: =?x-no-such?q?a=FFb?=",
        b"Content-Type: text/plain; charset=zip",
        b"Content-Type: multipart/mixed; boundary=",
        b"Content-Type: multipart/mixed",
        b"Content-Transfer-Encoding: base64",
        b"To: " + b"a@b.example, <" * 3000,
        b"Received: ;;;;",
        b"Message-ID: <<<>>>\x00\x01",
        b"Date: Mon, 99 Foo 99999 99:99:99 +9999",
    ],
)
def test_broken_headers_are_read_as_they_stand(header: bytes) -> None:
    letter = reading.letter(b"From: ada@port.example\n" + header + b"\n\nGood m\xf6rning\x07")

    assert letter.sender is not None
    assert letter.sender.email == "ada@port.example"
    assert not any(ord(sign) < 9 for sign in letter.text + letter.subject)


def test_the_messages_that_python_tests_its_parser_with_are_read() -> None:
    """Forty-eight odd and broken e-mails that come with Python where its tests are installed."""
    folder = Path(test.__file__).parent / "test_email" / "data"
    if not folder.is_dir():
        pytest.skip("this Python comes without its own tests (test/test_email/data)")
    read = 0
    for path in sorted(folder.glob("msg_*.txt")):
        try:
            read += bool(reading.letter(path.read_bytes()).sender)
        except reading.Malformed:
            continue

    assert read >= 35


def test_an_mbox_is_read_one_by_one_in_a_child(tmp_path: Path) -> None:
    path = tmp_path / "box"
    first = email("Hello\n\nFrom now on: 2026\n", message_id="<a@x>")
    path.write_bytes(mbox(first, b"rubbish", email("Second", message_id="<b@x>")))

    found = list(letters.read(path))

    assert [(each.place, each.why) for each in found] == [(1, ""), (2, "malformed"), (3, "")]
    assert found[0].letter is not None
    assert found[0].letter.text == "Hello\n\nFrom now on: 2026"
    assert found[2].letter is not None
    assert found[2].letter.text == "Second"


@pytest.mark.parametrize(
    ("start", "said"),
    [(b"", "empty"), (b"\xd0\xcf\x11\xe0\xa1", "Outlook"), (b"PK\x03\x04", "packed")],
)
def test_other_files_are_refused_with_a_sentence(tmp_path: Path, start: bytes, said: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(start)

    with pytest.raises(Unreadable, match=said):
        list(letters.read(path))


def test_too_large_an_email_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mainstay.engine.letters import boxes

    monkeypatch.setattr(boxes, "LARGEST", 400)
    path = tmp_path / "box"
    path.write_bytes(mbox(email("x" * 500), email("small")))

    found = list(boxes.messages(path))

    assert found[0] is None
    assert found[1] is not None
