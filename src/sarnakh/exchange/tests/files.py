"""Files for the tests, made by hand where no library would make them so badly."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

_BOOK = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def make_xlsx(
    path: Path, rows: Sequence[Sequence[object]], *, at: tuple[int, int] = (0, 0)
) -> Path:
    """A well-made workbook of one sheet whose table starts at a place."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Leads")
        for row, cells in enumerate(rows, at[0]):
            for column, cell in enumerate(cells, at[1]):
                if cell != "":
                    page.write(row, column, cell)
    return path


def raw_xlsx(
    path: Path,
    sheet_data: str | Iterable[str],
    *,
    before_root: str = "",
    extra: Mapping[str, str] | None = None,
) -> Path:
    """A workbook whose only sheet has exactly this inside <sheetData>."""
    book = (
        f'<workbook xmlns="{_BOOK}" xmlns:r="{_LINKS}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    links = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
        f'Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    root = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r0" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    pieces = [sheet_data] if isinstance(sheet_data, str) else sheet_data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("_rels/.rels", root)
        package.writestr("xl/workbook.xml", book)
        package.writestr("xl/_rels/workbook.xml.rels", links)
        for name, content in (extra or {}).items():
            package.writestr(name, content)
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            head = f'{before_root}<worksheet xmlns="{_BOOK}"><sheetData>'
            part.write(head.encode())
            for piece in pieces:
                part.write(piece.encode())
            part.write(b"</sheetData></worksheet>")
    return path


def make_ods(path: Path, tables: Mapping[str, str], *, manifest: str = "") -> Path:
    """An ODS file; each table is given by its rows' markup."""
    body = "".join(
        f"<table:table table:name={quoteattr(name)}>{rows}</table:table>"
        for name, rows in tables.items()
    )
    content = (
        f"<office:document-content {_ODS_SPACES}><office:body><office:spreadsheet>"
        f"{body}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", _ODS_TYPE)
        package.writestr("META-INF/manifest.xml", manifest or "<m/>")
        package.writestr("content.xml", content)
    return path


def ods_row(*cells: str | float, times: int = 1) -> str:
    """One ODS row of strings and numbers."""
    return (
        f'<table:table-row table:number-rows-repeated="{times}">'
        f"{''.join(map(_ods_cell, cells))}</table:table-row>"
    )


def _ods_cell(cell: str | float) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(cell)}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}">'
        f"<text:p>{cell}</text:p></table:table-cell>"
    )


def make_xls(path: Path, rows: Sequence[Sequence[str | float]]) -> Path:
    """A BIFF8 workbook of one sheet in an OLE container."""
    globals_part = _record(0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    start = len(globals_part) + 4 + 8 + len(b"Old") + 4
    name = struct.pack("<IBBBB", start, 0, 0, 3, 0) + b"Old"
    globals_part += _record(0x0085, name) + _record(0x000A, b"")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    sheet += _record(0x0200, size)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str):
                text = cell.encode("utf-16-le")
                body = place + struct.pack("<HB", len(text) // 2, 1) + text
                sheet += _record(0x0204, body)
            else:
                sheet += _record(0x0203, place + struct.pack("<d", cell))
    sheet += _record(0x000A, b"")
    path.write_bytes(ole_container("Workbook", globals_part + sheet))
    return path


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def ole_container(stream: str, content: bytes) -> bytes:
    """The old compound file format with one stream in it."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    content = content.ljust(4096, b"\0")
    content += b"\0" * (-len(content) % sector)
    count = len(content) // sector
    chain = [0xFFFFFFFD, end, *range(3, count + 2), end]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(sector, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    entries = _ole_entry("Root Entry", 5, end, 0, child=1)
    entries += _ole_entry(stream, 2, 2, len(content), child=free)
    return header + fat + entries.ljust(sector, b"\0") + content


def _ole_entry(name: str, kind: int, start: int, size: int, *, child: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    none = 0xFFFFFFFF
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    entry += struct.pack("<III", none, none, child) + b"\0" * 36
    return entry + struct.pack("<IQ", start, size)
