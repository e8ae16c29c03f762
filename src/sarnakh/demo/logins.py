"""The demo log-ins: made up anew for every database, kept where its owner finds them.

The database holds hashes only. The words themselves lie in a file in the data folder
that nobody but its owner can read, so that a second start can print them again.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from sarnakh.accounts.passwords import is_easy

FILE = "demo-logins.json"
# Without letters and digits that look like each other.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
PARTS, LENGTH = 4, 4


@dataclass(frozen=True)
class Login:
    """What somebody types to get in, and whose it is."""

    language: str
    role: str
    name: str
    email: str
    password: str


def new_password() -> str:
    """Sixteen random characters in groups of four."""
    while True:
        parts = (
            "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
            for _part in range(PARTS)
        )
        password = "-".join(parts)
        if not is_easy(password):
            return password


def keep(logins: Iterable[Login]) -> None:
    """Write them down, readable by the owner of the data folder only."""
    file = path()
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    text = json.dumps([asdict(one) for one in logins], ensure_ascii=False, indent=1)
    file.write_text(text, encoding="utf-8")


def kept() -> list[Login]:
    """What was written down; empty when the file is gone."""
    try:
        rows = json.loads(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [Login(**row) for row in rows]


def forget() -> None:
    """Remove the file."""
    path().unlink(missing_ok=True)


def path() -> Path:
    """The file in the data folder."""
    return Path(settings.DATA) / FILE
