"""Every benchmark, one after another, each beside its peer or its floor in one run."""

import subprocess
import sys
from pathlib import Path

ORDER = (
    "lake",
    "analyse",
    "imports",
    "duplicates",
    "pages",
    "fits",
    "holdout",
    "predictions",
    "coverage",
)  # the longest first


def main() -> None:
    here = Path(__file__).parent
    for name in ORDER:
        if (here / f"{name}.py").exists():
            print(f"== {name}", flush=True)
            subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)


if __name__ == "__main__":
    main()
