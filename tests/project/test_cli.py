"""The command line finds its command, and says in a sentence what went wrong."""

import subprocess
import sys

import pytest

from mainstay.project import cli


def test_without_a_command_it_says_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([]) == 0
    assert "mainstay COMMAND" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "meant"),
    [(["analize", "x"], "mainstay analyse"), (["sreve"], "mainstay serve"), (["zzz"], "lists all")],
)
def test_an_unknown_command_gets_a_suggestion(
    words: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(words) == cli.WRONG_USE
    assert meant in capsys.readouterr().err


def test_two_words_name_one_command() -> None:
    assert cli._named(["user", "add", "a@b.example"], {"user_add"}) == ("user_add", ["a@b.example"])
    assert cli._named(["serve", "--port", "1"], {"serve"}) == ("serve", ["--port", "1"])


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["help"]) == 0
    assert "user_add" in capsys.readouterr().out


def test_analyse_starts_without_the_site() -> None:
    code = (
        "import sys; from mainstay.project import cli; code = cli.run(['analyse', '--help']);"
        "sys.exit(1 if any(name.split('.')[0] == 'django' for name in sys.modules) else code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "FILE" in done.stdout
