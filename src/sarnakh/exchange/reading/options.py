"""How the user wants a file to be read, and where the reader leaves its results."""

from __future__ import annotations

from dataclasses import dataclass

ROWS, OUTCOME = "rows.jsonl", "outcome.json"


@dataclass(frozen=True)
class ReadOptions:
    """Everything the user may override; None means: find out.

    ``quote`` may be empty (no text delimiter). ``encoding`` is one of
    ``encodings.CODECS``, ``separator`` any one character. ``header_row`` is the
    number of the header's row in the file, when the first filled one is not it.
    ``only_sheets`` and ``prefer_tab`` are set by the functions of ``sheet``.
    """

    sheet: str | None = None
    header: bool = True
    header_row: int | None = None
    encoding: str | None = None
    separator: str | None = None
    quote: str = '"'
    prefer_tab: bool = False
    only_sheets: bool = False
