"""Settings, urls and the command line entry."""

import sys

import pysqlite3

# The system's SQLite may carry the WAL-reset corruption bug; every connection uses the bundled one.
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
