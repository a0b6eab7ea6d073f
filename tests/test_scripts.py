"""Set-up and the test runner tell the truth about what they could and could not do."""

import sys
from collections import Counter
from pathlib import Path

import psycopg
import pytest

import changes
import postgres
import run_tests
import set_up
from run_tests import Outcome

JUNIT = """<testsuites><testsuite>
<testcase name="one"/>
<testcase name="two"><failure message="wrong"/></testcase>
<testcase name="three"><error message="broken"/></testcase>
<testcase name="four"><skipped message="no shared data"/></testcase>
</testsuite></testsuites>"""


def test_the_runner_counts_what_pytest_reports(tmp_path: Path) -> None:
    (tmp_path / "junit.xml").write_text(JUNIT)

    outcome = run_tests.read("SQLite", tmp_path / "junit.xml")

    assert (outcome.passed, outcome.failed) == (1, 2)
    assert outcome.skipped == Counter({"no shared data": 1})


def test_the_last_line_counts_everything(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [
        Outcome("SQLite", passed=10, seconds=3.2, skipped=Counter({"no shared data": 2})),
        Outcome("Browser", reason="there is no Chromium"),
    ]

    assert run_tests.report(outcomes) == 0

    assert capsys.readouterr().out.splitlines() == [
        "",
        "=== What ran",
        "SQLite     ran 10 passed, 0 failed in 3 s, 2 left out:",
        "             2 × no shared data",
        "Browser    could not run because there is no Chromium",
        "10 passed, 0 failed",
    ]


def test_a_failure_fails_the_run() -> None:
    assert run_tests.report([Outcome("SQLite", passed=10, failed=1)]) == 1


def test_a_developers_own_settings_do_not_steer_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAINSTAY_DATABASE_URL", "postgresql://precious")

    assert "MAINSTAY_DATABASE_URL" not in run_tests.environment()


def test_a_part_that_does_not_exist_is_a_sentence() -> None:
    with pytest.raises(SystemExit, match="There is no part oracle; the parts are sqlite"):
        run_tests.main(["oracle"])


def test_a_missing_browser_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAINSTAY_CHROMIUM", "/nowhere/chromium")
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    assert run_tests.run_browser().sentence() == (
        "Browser    could not run because there is no Chromium on PATH or in a known place"
    )


def test_the_cluster_is_left_out_by_name_where_nothing_it_is_about_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = {"rev-parse": "0123456789abcdef", "merge-base": "fedcba9876543210"}
    monkeypatch.setattr(changes, "git", lambda *words: said.get(words[0], ""))

    assert run_tests.run_spark_if_concerned().sentence() == (
        "Spark      left out because analysis and engine are as in fedcba98; make test-all runs it"
    )


@pytest.mark.parametrize("said", [{}, {"rev-parse": "01", "diff": "src/mainstay/engine/x.py"}])
def test_whatever_may_have_changed_has(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, str]
) -> None:
    monkeypatch.setattr(changes, "git", lambda *words: said.get(words[0], ""))

    assert changes.unchanged_since("src/mainstay/engine") == ""


def test_an_old_python_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    with pytest.raises(set_up.SetUpError, match=r"needs Python 3\.11"):
        set_up.check_python()


def test_a_private_cluster_lives_as_long_as_it_is_needed() -> None:
    binaries = postgres.installed_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL programs on this machine")

    with (
        postgres.private_cluster(binaries) as url,
        psycopg.connect(url.removesuffix("/mainstay") + "/postgres") as connection,
    ):
        row = connection.execute("SHOW server_encoding").fetchone()
        place = connection.execute("SHOW data_directory").fetchone()

    assert row == ("UTF8",)
    assert place is not None
    assert not Path(place[0]).exists()
