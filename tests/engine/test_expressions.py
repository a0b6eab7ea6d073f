"""The compiler alone, and everything else of Ibis afterwards: in a process of its own."""

import subprocess
import sys

SCRIPT = """
import sys
from mainstay.engine import expressions
import ibis
table = ibis.table({"n": "int64"}, name="t")
alone = expressions.sql(table.agg(total=table.n.sum()))
assert "SUM" in alone and "BIGINT" in alone, alone
assert "ibis.backends.sql.compilers.postgres" not in sys.modules
assert str(ibis.to_sql(table, dialect="postgres")).startswith("SELECT")
assert expressions.sql(table) and str(ibis.to_sql(table, dialect="duckdb"))
"""


def test_the_compiler_comes_alone_and_leaves_the_others_usable() -> None:
    command = [sys.executable, "-c", SCRIPT]

    done = subprocess.run(command, check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
