"""Choose the SQLite library before Django imports one.

SQLite before 3.51.3 has a rare corruption when two connections checkpoint and
write at the same moment, so an older system library gives way to the wheel's.
"""

import sqlite3
import sys

SAFE = (3, 51, 3)


def use_safe_library() -> None:
    """Put the wheel's newer SQLite in the place of an old system library."""
    if sqlite3.sqlite_version_info >= SAFE:
        return
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
