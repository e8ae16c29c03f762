"""Where uploaded and exported files lie: folders of ours, readable by us alone."""

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

SOURCE, PROGRESS, STOP, FAULTS = "source", "progress.json", "stop", "faults.jsonl"
_TOKEN = re.compile(r"[0-9a-f]{32}")
_TELL_EVERY = 0.3


def new_folder() -> str:
    """Make a folder with a name nobody can guess; returns the name."""
    token = secrets.token_hex(16)
    folder(token).mkdir(parents=True, mode=0o700)
    return token


def folder(token: str) -> Path:
    """The folder of that name; ValueError for anything that is no name of ours."""
    if not _TOKEN.fullmatch(token):
        raise ValueError(token)
    return Path(settings.DATA) / "exchange" / token


def remove(token: str) -> None:
    """Delete a folder and everything in it; it may be gone already."""
    if _TOKEN.fullmatch(token):
        shutil.rmtree(folder(token), ignore_errors=True)


def keep(token: str, chunks: Iterable[bytes]) -> Path:
    """Write an upload to disk, mode 0600, and make sure that it is there."""
    path = folder(token) / SOURCE
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
    ) as out:
        for chunk in chunks:
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return path


class Progress:
    """How far a job is, told through a file.

    A long transaction hides what it writes from everybody else, and on SQLite it
    keeps all others from writing: the file passes both ways at any time.
    """

    def __init__(self, token: str) -> None:
        self.path = folder(token) / PROGRESS
        self.stop_path = folder(token) / STOP
        self._told = 0.0

    def tell(self, done: int, total: int) -> None:
        """Note how many rows are done; writes a few times per second at most."""
        now = time.monotonic()
        if now - self._told < _TELL_EVERY and done < total:
            return
        self._told = now
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps({"done": done, "total": total}), encoding="ascii")
        fresh.replace(self.path)

    def read(self) -> dict[str, Any]:
        """`done`, `total` and `age` (seconds since); empty before the first word."""
        try:
            age = time.time() - self.path.stat().st_mtime
            told: dict[str, Any] = json.loads(self.path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return {}
        return {**told, "age": age}

    def forget(self) -> None:
        """Start anew: no progress, no wish to stop."""
        self.path.unlink(missing_ok=True)
        self.stop_path.unlink(missing_ok=True)

    def ask_to_stop(self) -> None:
        """Tell the job to stop at the next batch."""
        self.stop_path.touch(mode=0o600)

    @property
    def is_stop_wanted(self) -> bool:
        """Whether somebody asked."""
        return self.stop_path.exists()
