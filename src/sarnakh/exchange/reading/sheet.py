"""Reading an uploaded table without trusting it: a child process does the work."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sarnakh.exchange.cells import as_text, is_blank
from sarnakh.exchange.errors import Param, ReadError
from sarnakh.exchange.reading import limits
from sarnakh.exchange.reading.options import OUTCOME, ROWS, ReadOptions
from sarnakh.exchange.reading.rows import Row, StoredRows

__all__ = [
    "Problem",
    "ReadOptions",
    "ReadResult",
    "Row",
    "Sheet",
    "list_sheets",
    "read",
    "reopen",
]

_TAB_NAMES = (".tsv", ".tab")
_TAB_TYPE = "text/tab-separated-values"
_SOURCES = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Sheet:
    """One table: unique headers and the filled rows below them.

    ``header_row`` is the header's row number in the file, 0 without a header. The
    sheet's name is empty for delimited text.
    """

    name: str
    headers: list[str]
    rows: Sequence[Row]
    header_row: int = 1

    def samples(self, rows: int = 10) -> list[list[str]]:
        """For each column the filled cells of the first rows, as text."""
        first = self.rows[:rows]
        return [
            [
                as_text(row.cells[place])
                for row in first
                if not is_blank(row.cells[place])
            ]
            for place in range(len(self.headers))
        ]


@dataclass(frozen=True)
class Problem:
    """A remark on a file that could be read; ``code`` is a key of READ_ERRORS."""

    code: str
    params: dict[str, Param]


@dataclass(frozen=True)
class ReadResult:
    """A table that was read.

    ``kind`` is xlsx, ods, xls or csv; ``sheets`` all sheets of the file (none for
    csv). ``problems`` are the first ten, ``problem_count`` is how many there are.
    The rows live in ``folder`` until the caller deletes it.
    """

    kind: str
    sheets: list[str]
    sheet: Sheet
    encoding: str | None
    separator: str | None
    problems: list[Problem]
    problem_count: int
    folder: Path


def read(
    path: Path,
    filename: str,
    options: ReadOptions | None = None,
    *,
    declared_type: str = "",
    work: Path | None = None,
) -> ReadResult:
    """Read one table of an uploaded file in a confined process.

    ``filename`` and ``declared_type`` are the user's word, used only where the
    content does not decide. A new folder for the result is made in ``work``
    (default: beside the file). Whatever happens to the child process, the only
    exception is ReadError; then the folder is gone.
    """
    options = options or ReadOptions()
    is_tab = declared_type == _TAB_TYPE or filename.lower().endswith(_TAB_NAMES)
    options = replace(options, prefer_tab=is_tab or options.prefer_tab)
    folder = Path(tempfile.mkdtemp(prefix="read-", dir=work or path.parent))
    try:
        _run(path, folder, options)
        return reopen(folder)
    except ReadError:
        _remove(folder)
        raise


def list_sheets(path: Path, *, work: Path | None = None) -> list[str]:
    """The worksheets of a file, in its order; none for delimited text."""
    with tempfile.TemporaryDirectory(prefix="read-", dir=work or path.parent) as name:
        folder = Path(name)
        _run(path, folder, ReadOptions(only_sheets=True))
        sheets: list[str] = _outcome(folder)["sheets"]
        return sheets


def reopen(folder: Path) -> ReadResult:
    """The result of an earlier ``read``, from the folder it left."""
    outcome = _outcome(folder)
    table = outcome["table"]
    rows = StoredRows(folder / ROWS, table["count"], table["left"], table["width"])
    return ReadResult(
        kind=outcome["kind"],
        sheets=outcome["sheets"],
        sheet=Sheet(outcome["sheet"], table["headers"], rows, table["header_row"]),
        encoding=outcome["encoding"],
        separator=outcome["separator"],
        problems=[
            Problem(
                "row_too_wide",
                {"row": row, "cells": cells, "columns": table["width"]},
            )
            for row, cells in table["wide"]
        ],
        problem_count=table["wide_count"],
        folder=folder,
    )


def _run(path: Path, folder: Path, options: ReadOptions) -> None:
    command = [sys.executable, "-P", "-m", "sarnakh.exchange.reading.child"]
    command += [str(path.resolve()), str(folder.resolve())]
    command.append(json.dumps(asdict(options)))
    try:
        ended = subprocess.run(
            command,
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limits.WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError("timeout") from error
    except OSError as error:
        raise ReadError("reader_died") from error
    if ended.returncode == -getattr(signal, "SIGXCPU", 0):
        raise ReadError("timeout")
    if ended.returncode != 0:
        raise ReadError("reader_died")


def _environment() -> dict[str, str]:
    """No secrets of the server for a process that may be taken over."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")
        if name in os.environ
    }
    paths = [
        str(_SOURCES),
        *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)),
    ]
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        # One arena: the memory limit counts reserved addresses as well.
        "MALLOC_ARENA_MAX": "1",
    }


def _outcome(folder: Path) -> dict[str, Any]:
    try:
        text = (folder / OUTCOME).read_text(encoding="utf-8")
        outcome: dict[str, Any] = json.loads(text)
    except (OSError, ValueError) as error:
        raise ReadError("reader_died") from error
    if "error" in outcome:
        raise ReadError(outcome["error"], outcome["params"])
    return outcome


def _remove(folder: Path) -> None:
    for name in (ROWS, OUTCOME):
        (folder / name).unlink(missing_ok=True)
    folder.rmdir()
