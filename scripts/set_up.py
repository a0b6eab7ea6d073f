"""Build .venv from the locked requirements; needs nothing but Python itself.

Usage: set_up.py run|dev

uv installs when it can be had, pip when not. The package is put on the path by a .pth file and
gets a small launcher, so nothing has to be built.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("VENV", ROOT / ".venv")).resolve()
OLDEST = (3, 11)

LAUNCHER = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from mainstay.project.cli import main

if __name__ == "__main__":
    sys.exit(main())
"""


class SetUpError(Exception):
    """Set-up cannot go on; the message says what to do."""


def main(kind: str) -> None:
    check_python()
    python = VENV / "bin" / "python"
    if not works(python):
        create_venv()
    install(python, ROOT / "requirements" / f"{kind}.txt")
    put_on_path(python)
    write_launcher(python)
    (VENV / f".{kind}").touch()


def check_python() -> None:
    if sys.version_info < OLDEST:
        raise SetUpError(
            f"Mainstay needs Python 3.11 or newer and this is {sysconfig.get_python_version()}. "
            "Name another one: make PYTHON=python3.12"
        )


def works(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0


def create_venv() -> None:
    """Make an empty environment; Debian keeps the needed module in a package of its own."""
    say(f"Making {VENV.name} with Python {sysconfig.get_python_version()}")
    shutil.rmtree(VENV, ignore_errors=True)
    command = [sys.executable, "-m", "venv", VENV]
    if subprocess.run(command, capture_output=True).returncode == 0:
        return
    package = f"python{sysconfig.get_python_version()}-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetUpError(
            f"Python's venv module is not complete here. Install it, then run make again: "
            f"sudo apt-get install {package}"
        )
    say(f"Installing {package}")
    apt_install(package)
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run(command, check=True)


def apt_install(*packages: str) -> None:
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "-qq", *command], env=variables, stdout=subprocess.DEVNULL, check=True
        )


def install(python: Path, requirements: Path) -> None:
    """Install exactly what the lock file names, by uv if possible, else by pip."""
    say(f"Installing requirements/{requirements.name}")
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        pip(python, "install", "--quiet", "uv", quiet=True)
    if uv.exists():
        command = [uv, "pip", "install", "--quiet", "--python", python]
        if subprocess.run([*command, "--require-hashes", "-r", requirements]).returncode == 0:
            return
        say("uv could not install them; trying pip, which is slower")
    if pip(python, "install", "--quiet", "--require-hashes", "-r", str(requirements)) != 0:
        raise SetUpError("The requirements could not be installed; the lines above say why.")


def pip(python: Path, *arguments: str, quiet: bool = False) -> int:
    command = [python, "-m", "pip", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, capture_output=quiet).returncode


def put_on_path(python: Path) -> None:
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run([python, "-c", question], capture_output=True, text=True, check=True)
    Path(answer.stdout.strip(), "mainstay_source.pth").write_text(f"{ROOT / 'src'}\n")


def write_launcher(python: Path) -> None:
    path = VENV / "bin" / "mainstay"
    path.write_text(LAUNCHER.format(python=python))
    path.chmod(0o755)


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except SetUpError as problem:
        sys.exit(str(problem))
