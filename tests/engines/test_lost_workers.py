"""Workers that die: another one takes over; without any the work ends with a sentence."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.engines.conftest import url_of

pytestmark = [pytest.mark.spark, pytest.mark.xdist_group("spark")]


def test_one_lost_worker_is_no_matter_and_two_are_a_sentence(tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("there is no Java, which Spark needs")
    from tests.engines.standalone import ROOT, cluster

    with cluster(tmp_path) as found:
        url = url_of(found.master, patience=4)
        command = [sys.executable, "-m", "tests.engines.waiting", url, str(tmp_path)]
        paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        with (tmp_path / "errors").open("wb") as errors:
            asking = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=os.environ | paths,
            )
            until_begun(tmp_path, asking)
            found.workers[0].kill()
            (tmp_path / "go").touch()
            first = answer(asking)
            found.workers[1].kill()
            second, _none = asking.communicate("\n", timeout=120)

    assert first == {"total": sum(range(1000))}
    assert "has taken the work for 4 s" in json.loads(second)["reason"]
    assert asking.returncode == 0
    assert "Traceback" not in (tmp_path / "errors").read_text()


def until_begun(folder: Path, asking: subprocess.Popen[str]) -> None:
    while not list(folder.glob("begun-*")):
        assert asking.poll() is None, (folder / "errors").read_text()
        time.sleep(0.1)


def answer(asking: subprocess.Popen[str]) -> dict[str, object]:
    assert asking.stdout is not None
    found: dict[str, object] = json.loads(asking.stdout.readline())
    return found
