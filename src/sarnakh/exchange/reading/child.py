"""The confined process that reads an untrusted file: ``python -m … child``.

Arguments: the file, the result folder, the options as JSON. It leaves ``rows.jsonl``
and, when it could finish, ``outcome.json``. Whatever else happens to it (killed for
memory or time, a crash of the parser) the parent finds no outcome and says so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sarnakh.exchange.errors import ReadError
from sarnakh.exchange.reading import limits
from sarnakh.exchange.reading.options import OUTCOME, ROWS, ReadOptions
from sarnakh.exchange.reading.rows import Row
from sarnakh.exchange.reading.tables import store_table

Outcome = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Read one file under limits and write down what came of it."""
    _confine()
    path, folder, options = arguments
    try:
        outcome = _read(Path(path), Path(folder), ReadOptions(**json.loads(options)))
    except ReadError as error:
        outcome = {"error": error.code, "params": error.params}
    except MemoryError:
        outcome = {"error": "memory", "params": {}}
    except OSError as error:
        code = "output_too_big" if error.filename is None else "unreadable"
        outcome = {"error": code, "params": {}}
    (Path(folder) / OUTCOME).write_text(json.dumps(outcome), encoding="utf-8")


def _confine() -> None:
    try:
        import resource
    except ImportError:  # Windows: only the parent's time limit remains.
        return
    for kind, limit in (
        (resource.RLIMIT_CPU, limits.CPU_SECONDS),
        (resource.RLIMIT_AS, limits.MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, limits.OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


def _read(path: Path, folder: Path, options: ReadOptions) -> Outcome:
    from sarnakh.exchange.reading import kinds

    kind = kinds.kind_of(path)
    outcome: Outcome = {"kind": kind}
    rows = (
        _text_rows(path, options, outcome)
        if kind == kinds.TEXT
        else _sheet_rows(path, kind, options, outcome)
    )
    if not options.only_sheets:
        with (folder / ROWS).open("w", encoding="utf-8", newline="\n") as out:
            table = store_table(
                rows, out, header=options.header, header_row=options.header_row
            )
        outcome["table"] = vars(table)
    return outcome


def _text_rows(path: Path, options: ReadOptions, outcome: Outcome) -> Iterable[Row]:
    from sarnakh.exchange.reading import delimited, encodings

    encoding = options.encoding or encodings.detect_encoding(path)
    separator = options.separator or delimited.find_separator(
        path, encoding, options.quote, prefer_tab=options.prefer_tab
    )
    outcome.update(encoding=encoding, separator=separator, sheets=[], sheet="")
    return delimited.delimited_rows(path, encoding, separator, options.quote)


def _sheet_rows(
    path: Path, kind: str, options: ReadOptions, outcome: Outcome
) -> Iterable[Row]:
    from sarnakh.exchange.reading import kinds, packages, workbooks

    if kind == kinds.XLSX:
        names, name = packages.inspect_xlsx(path, options.sheet)
        book = workbooks.open_book(path)
    elif kind == kinds.ODS:
        names, name = packages.inspect_ods(path, options.sheet)
        book = workbooks.open_book(path)
    else:
        book = workbooks.open_book(path)
        names, name = workbooks.choose_sheet(book, options.sheet)
    outcome.update(encoding=None, separator=None, sheets=names, sheet=name)
    return workbooks.sheet_rows(book, name)


if __name__ == "__main__":
    main(sys.argv[1:])
