"""Rows that were refused, as a file to correct and import again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from sarnakh.exchange import storage
from sarnakh.exchange.cells import as_text
from sarnakh.exchange.importing.draft import Draft
from sarnakh.exchange.models import ImportBatch
from sarnakh.exchange.reading import kinds
from sarnakh.exchange.writing.delimited import write_csv
from sarnakh.exchange.writing.xlsx import write_xlsx


def append(batch: ImportBatch, drafts: Sequence[Draft]) -> None:
    """Note refused rows before their batch is committed.

    A run that is cut off in between notes them again; the later note counts.
    """
    if not drafts:
        return
    path = storage.folder(batch.folder) / storage.FAULTS
    with path.open("a", encoding="utf-8") as out:
        for draft in drafts:
            texts = " ".join(
                f"{column}: {text}" if column else text for column, text in draft.errors
            )
            cells = [as_text(cell) for cell in draft.cells]
            out.write(json.dumps([draft.row, cells, texts], ensure_ascii=False) + "\n")


def finish(batch: ImportBatch, headers: Sequence[str], kind: str) -> str:
    """Write the file; its name in the batch's folder, empty when no row is in it."""
    folder = storage.folder(batch.folder)
    noted = folder / storage.FAULTS
    if not noted.exists():
        return ""
    last: dict[int, list[Any]] = {}
    with noted.open(encoding="utf-8") as lines:
        for row, cells, text in map(json.loads, lines):
            last[row] = [*cells, text]

    def rows() -> Iterator[list[str]]:
        for row in sorted(last):
            yield last[row]

    titles = [*headers, _("Error")]
    if kind == kinds.TEXT:
        path = folder / "faults.csv"
        write_csv(path, titles, rows())
    else:
        path = folder / "faults.xlsx"
        write_xlsx(path, titles, rows(), rtl=get_language_bidi(), sheet=_("Error"))
    path.chmod(0o600)
    return path.name
