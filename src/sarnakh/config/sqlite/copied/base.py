"""Our SQLite engine for tests: what was migrated once is copied afterwards.

Running all migrations takes longer than most tests of a room together. The first run
keeps its empty database beside other temporary files, named after everything that
makes it; later runs and other processes begin with a copy.
"""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import django
from django.db.backends.sqlite3 import creation

from sarnakh.config.sqlite import base

SOURCES = Path(__file__).resolve().parents[3]
# Besides migrations: what they call, and what fills a database after them.
ALSO = ("*seed*.py", "*trigger*.py", "*search_index*.py", "text*.py", "shipped.py",
        "defaults.py", "*_rates.py", "roles.py")  # fmt: skip


def fingerprint() -> str:
    """A name for the empty database that the present sources make."""
    digest = hashlib.sha256(f"{django.VERSION}".encode())
    found = set(SOURCES.glob("**/migrations/*.py"))
    for pattern in ALSO:
        found |= set(SOURCES.glob(f"**/{pattern}"))
    for path in sorted(found):
        digest.update(str(path.relative_to(SOURCES)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


class DatabaseCreation(creation.DatabaseCreation):
    """Copies the empty database instead of migrating, when there is one."""

    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        user = os.getuid() if hasattr(os, "getuid") else ""
        kept = Path(tempfile.gettempdir()) / f"sarnakh-empty-{user}-{fingerprint()}"
        target = Path(str(self._get_test_db_name()))  # type: ignore[attr-defined]
        if kept.exists():
            shutil.copyfile(kept, target)
            self.connection.settings_dict["TEST"]["MIGRATE"] = False
            # The copy stays: it is as fresh as an empty file would be.
            return super().create_test_db(*args, **{**kwargs, "keepdb": True})
        name = super().create_test_db(*args, **kwargs)
        self._keep(kept)
        return name

    def _keep(self, kept: Path) -> None:
        half = kept.with_suffix(f".{os.getpid()}")
        with self.connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(half)])
        half.replace(kept)


class DatabaseWrapper(base.DatabaseWrapper):
    """Our engine with such databases."""

    creation_class = DatabaseCreation
