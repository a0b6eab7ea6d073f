"""What is missing before a session begins gets a sentence; no cluster is needed to say it."""

import socket
import sys
from pathlib import Path

import pytest

from mainstay.engine import UnknownSource, connect


@pytest.fixture
def nobody() -> int:
    """A port of this machine at which nobody answers."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_a_master_that_does_not_answer(nobody: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")

    with pytest.raises(UnknownSource, match=f"Nothing answers at spark://127.0.0.1:{nobody}"):
        connect(f"spark://127.0.0.1:{nobody}")


def test_no_java(nobody: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(UnknownSource, match="needs Java 17 or later, and there is no Java"):
        connect(f"spark://127.0.0.1:{nobody}")


def test_java_somewhere_else(nobody: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    with pytest.raises(UnknownSource, match="and there is no Java in it"):
        connect(f"spark://127.0.0.1:{nobody}")


def test_no_pyspark(nobody: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(UnknownSource, match=r"pip install 'mainstay\[spark\]'"):
        connect(f"spark://127.0.0.1:{nobody}")


def test_the_command_says_it_too(nobody: int, capsys: pytest.CaptureFixture[str]) -> None:
    from mainstay.project.analyse import command

    assert command.run([f"spark://127.0.0.1:{nobody}", "--out", "nowhere"]) == 1

    assert capsys.readouterr().err.count("\n") == 1
    assert "pyspark" not in sys.modules
