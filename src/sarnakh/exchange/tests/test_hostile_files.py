"""Files made to hurt: each is refused with a clear code, quickly and in little memory.

Time and memory are measured from outside the reading process.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sarnakh.exchange.errors import READ_ERRORS, ReadError
from sarnakh.exchange.reading import limits, sheet
from sarnakh.exchange.reading.archive import Archive
from sarnakh.exchange.reading.areas import OdsSheets, XlsxSheet
from sarnakh.exchange.reading.sheet import ReadResult, read
from sarnakh.exchange.tests.files import (
    make_ods,
    make_xlsx,
    ods_row,
    ole_container,
    raw_xlsx,
)

_CELL = '<c r="{}"><v>1</v></c>'
_LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;">]>'
)


def _peak(who: int) -> float:
    """The largest memory in megabytes so far, of all children or of this process."""
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss / unit


@pytest.fixture(autouse=True)
def _in_time_and_memory() -> Iterator[None]:
    # Children of other tests count too, and a child begins as a copy of this process.
    before = max(_peak(resource.RUSAGE_CHILDREN), _peak(resource.RUSAGE_SELF))
    start = time.monotonic()
    yield
    assert time.monotonic() - start < 30
    allowed = limits.MEMORY_BYTES / limits.MEGABYTE
    assert _peak(resource.RUSAGE_CHILDREN) <= max(before, allowed)


def _refusal(path: Path, name: str = "") -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(path, name or path.name)
    assert str(caught.value)
    return caught.value


def _text(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


# --- packages -------------------------------------------------------------------


def test_a_zip_bomb_is_refused_while_inflating(tmp_path: Path) -> None:
    zeros = ("0" * limits.MEGABYTE for _ in range(64))
    path = raw_xlsx(tmp_path / "bomb.xlsx", zeros)
    assert path.stat().st_size < limits.MEGABYTE
    assert _refusal(path).code == "suspicious_compression"


def test_a_bomb_in_a_part_that_nobody_reads_is_refused_too(tmp_path: Path) -> None:
    extra = {"xl/media/image1.png": "0" * (16 * limits.MEGABYTE)}
    path = raw_xlsx(tmp_path / "bomb.xlsx", "", extra=extra)
    assert _refusal(path).code == "suspicious_compression"


def test_the_sum_of_all_parts_is_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 5000)
    path = tmp_path / "sum.zip"
    with zipfile.ZipFile(path, "w") as package:
        for number in range(4):
            package.writestr(f"part{number}", "x" * 1400)
    with Archive(path) as archive:
        for name in archive.names()[:3]:
            list(archive.chunks(name))
        with pytest.raises(ReadError) as caught:
            list(archive.chunks("part3"))
    assert caught.value.code == "too_big_unpacked"


def test_declared_sizes_are_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "liar.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("part", "y" * 70_000)
    lie = path.read_bytes().replace((70_000).to_bytes(4, "little"), b"\x05\0\0\0")
    path.write_bytes(lie)
    with Archive(path) as archive:
        assert sum(map(len, archive.chunks("part"))) == 70_000


def test_thousands_of_parts_are_refused(tmp_path: Path) -> None:
    extra = {f"xl/x{number}": "" for number in range(limits.PARTS)}
    assert _refusal(raw_xlsx(tmp_path / "p.xlsx", "", extra=extra)).code == (
        "too_many_parts"
    )


@pytest.mark.parametrize("where", ["sheet", "other"])
def test_entities_are_refused_wherever_they_are_declared(
    tmp_path: Path, where: str
) -> None:
    data = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    path = tmp_path / "laughs.xlsx"
    if where == "sheet":
        raw_xlsx(path, data, before_root=_LAUGHS)
    else:
        raw_xlsx(path, data, extra={"xl/sharedStrings.xml": f"{_LAUGHS}<w>&c;</w>"})
    assert _refusal(path).code == "entities"


def test_a_cut_off_package_is_damaged(tmp_path: Path) -> None:
    whole = make_xlsx(tmp_path / "whole.xlsx", [["a"], ["b"]]).read_bytes()
    for length in (5, len(whole) // 2, len(whole) - 30):
        assert _refusal(_text(tmp_path / "cut.xlsx", whole[:length])).code == "damaged"


def test_a_flipped_byte_is_noticed(tmp_path: Path) -> None:
    rows = [["name"], *([f"row {number}"] for number in range(500))]
    path = make_xlsx(tmp_path / "flip.xlsx", rows)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        part = package.getinfo("xl/worksheets/sheet1.xml")
    content[part.header_offset + part.compress_size // 2] ^= 0xFF
    assert _refusal(_text(path, bytes(content))).code in {"damaged", "entities"}


def test_markup_that_ends_early_is_damaged(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "m.xlsx", '<row r="1"><c r="A1"><v>1</v>')
    assert _refusal(path).code == "damaged"


def test_a_workbook_without_its_sheet_is_damaged(tmp_path: Path) -> None:
    whole = make_xlsx(tmp_path / "w.xlsx", [["a"]])
    with (
        zipfile.ZipFile(whole) as source,
        zipfile.ZipFile(tmp_path / "less.xlsx", "w") as target,
    ):
        for name in source.namelist():
            if "worksheets" not in name:
                target.writestr(name, source.read(name))
    assert _refusal(tmp_path / "less.xlsx").code == "damaged"


# --- areas ----------------------------------------------------------------------


def test_a_million_blank_rows_cost_nothing(tmp_path: Path) -> None:
    head = (
        '<row r="1"><c r="A1"><v>7</v></c></row><row r="2"><c r="A2"><v>8</v></c></row>'
    )
    blank = (
        "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(at, at + 9999))
        for at in range(3, limits.ROWS - 9999, 9999)
    )
    path = raw_xlsx(tmp_path / "blank.xlsx", (piece for piece in [head, *blank]))
    result = read(path, path.name)
    assert [row.cells for row in result.sheet.rows] == [[8]]
    assert (result.folder / "rows.jsonl").stat().st_size < 100


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("XFD1048576", "too_many_columns"),
        ("ALM1", "too_many_columns"),
        ("CV1048576", "too_spread"),
        ("A1048577", "too_many_rows"),
        ("A99999999999", "damaged"),
        ("A0", "damaged"),
        ("7", "damaged"),
    ],
)
def test_a_far_cell_is_a_clear_error(tmp_path: Path, place: str, code: str) -> None:
    data = f"<row>{_CELL.format('A1')}</row><row>{_CELL.format(place)}</row>"
    assert _refusal(raw_xlsx(tmp_path / "far.xlsx", data)).code == code


def test_a_far_cell_in_a_narrow_table_costs_nothing(tmp_path: Path) -> None:
    cells = "".join(f"<row>{_CELL.format(p)}</row>" for p in ("A1", "B2", "A1048576"))
    result = read(raw_xlsx(tmp_path / "deep.xlsx", cells), "deep.xlsx")
    assert [row.number for row in result.sheet.rows] == [2, 1_048_576]


def test_a_claimed_dimension_is_not_believed(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "dim.xlsx", f"<row>{_CELL.format('A1')}</row>")
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(
        b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    with zipfile.ZipFile(path, "w") as target:
        for part, content in parts.items():
            target.writestr(part, content)
    assert read(path, path.name).sheet.headers == ["1"]


def test_repeated_ods_cells_are_multiplied_before_they_are_built(
    tmp_path: Path,
) -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="{}" '
        'office:value-type="float" office:value="1"/>'
    )
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    for columns, rows, code in (
        (1000, 1_000_000, "too_many_cells"),
        (16384, 1, "too_many_columns"),
        (1, 2_000_000, "too_many_rows"),
    ):
        data = row.format(rows, cell.format(columns))
        path = make_ods(tmp_path / "rep.ods", {"S": data})
        assert _refusal(path).code == code
    far = ods_row("a", times=1) + row.format(1_000_000, "<table:table-cell/>")
    path = make_ods(tmp_path / "far.ods", {"S": far + ods_row(*[""] * 99, "x")})
    assert _refusal(path).code == "too_spread"


def test_filled_cells_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILLED_CELLS", 3)
    xlsx = XlsxSheet()
    for number in range(1, 4):
        xlsx.on_start("c", {"r": f"A{number}"})
        xlsx.on_start("v", {})
    xlsx.on_start("c", {"r": "B3", "s": "1"})
    xlsx.area.check()
    with pytest.raises(ReadError) as caught:
        xlsx.on_start("v", {})
    assert caught.value.code == "too_many_cells"
    ods = OdsSheets(None)
    ods.on_start("table:table", {"table:name": "S"})
    ods.on_start("table:table-row", {"table:number-rows-repeated": "2"})
    ods.on_start("table:table-cell", {"table:number-columns-repeated": "2"})
    ods.on_start("text:p", {})
    with pytest.raises(ReadError) as caught:
        ods.on_end("table:table-row")
    assert caught.value.code == "too_many_cells"


def test_a_parser_that_runs_out_of_memory_dies_alone(tmp_path: Path) -> None:
    text = "x" * 200_000
    cell = (
        '<table:table-cell table:number-columns-repeated="900" '
        f'office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )
    row = f'<table:table-row table:number-rows-repeated="1000">{cell}</table:table-row>'
    path = make_ods(tmp_path / "memory.ods", {"S": row})
    assert _refusal(path).code in {"reader_died", "memory"}


def test_a_reader_that_takes_too_long_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.01)
    assert _refusal(make_xlsx(tmp_path / "t.xlsx", [["a"]])).code == "timeout"


def test_a_missing_file_is_an_answer_and_not_a_crash(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "nothing.xlsx").code == "unreadable"


def test_the_reading_process_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARNAKH_SECRET_KEY", "hush")
    assert "hush" not in sheet._environment().values()


def test_the_reading_process_does_not_load_the_application() -> None:
    code = (
        "import sys, sarnakh.exchange.reading.child, sarnakh.exchange.reading.kinds,"
        "sarnakh.exchange.reading.packages, sarnakh.exchange.reading.workbooks,"
        "sarnakh.exchange.mapping, sarnakh.exchange.writing.xlsx;"
        "sys.exit('django' in sys.modules)"
    )
    environment = sheet._environment()
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


# --- other types ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code", "found"),
    [
        (b"", "empty", None),
        (b"\n\r\n  \n,,,\n", "empty", None),
        (b"%PDF-1.7\n1 0 obj\n", "unsupported_type", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "unsupported_type", "PNG"),
        (b"\x1f\x8b\x08\0", "unsupported_type", "GZIP"),
        (bytes(range(256)) * 8, "unsupported_type", "?"),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "unsupported_type", "vCard"),
        (b"<html><table><tr><td>a</td></tr></table>", "web_page", None),
        (b'\xef\xbb\xbf <?xml version="1.0"?><Workbook/>', "web_page", None),
        (ole_container("EncryptedPackage", b""), "password_protected", None),
        (ole_container("WordDocument", b""), "unsupported_type", "OLE"),
        (ole_container("Workbook", b"\xff" * 900), "damaged", None),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_table_is_named_whatever_its_extension(
    tmp_path: Path, content: bytes, code: str, found: str | None
) -> None:
    path = _text(tmp_path / "leads.xlsx", content)
    error = _refusal(path)
    assert error.code == code
    assert error.params.get("found") == found


def test_a_zip_of_something_else_is_named(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    error = _refusal(path)
    assert (error.code, error.params["found"]) == ("unsupported_type", "ZIP")


def test_an_encrypted_ods_is_recognised(tmp_path: Path) -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    path = make_ods(tmp_path / "secret.ods", {"S": ""}, manifest=manifest)
    assert _refusal(path).code == "password_protected"


# --- delimited text -------------------------------------------------------------


def _csv(tmp_path: Path, content: bytes) -> ReadResult:
    return read(_text(tmp_path / "t.csv", content), "t.csv")


def test_nul_bytes_name_their_row(tmp_path: Path) -> None:
    path = _text(tmp_path / "n.csv", b"a,b\n1,2\n\n3,\x004\n")
    error = _refusal(path)
    assert (error.code, error.params["row"]) == ("nul", 4)


def test_bytes_that_do_not_decode_name_their_row(tmp_path: Path) -> None:
    lines = ["نام,شهر", *["علی,یزد"] * 6000]
    content = bytearray("\n".join(lines).encode())
    place = content.rfind("یزد".encode(), 0, len(content) // 2)
    row = content[:place].count(b"\n") + 1
    content[place] = 0xFF
    error = _refusal(_text(tmp_path / "b.csv", bytes(content)))
    assert (error.code, error.params["row"]) == ("undecodable", row)
    assert error.params["encoding"] == "utf-8"


def test_half_a_utf_16_character_names_its_row(tmp_path: Path) -> None:
    content = "نام,شهر\nعلی,یزد\n".encode("utf-16") + b"\x00\xd8,\0"
    error = _refusal(_text(tmp_path / "h.csv", content))
    assert (error.code, error.params["row"]) == ("undecodable", 3)


def test_a_huge_field_is_refused_and_a_large_one_read(tmp_path: Path) -> None:
    large = b"x" * (limits.FIELD_CHARACTERS - 1)
    assert len(_csv(tmp_path, b"a,b\n1," + large).sheet.rows) == 1
    error = _refusal(_text(tmp_path / "f.csv", b"a,b\n1,2\n1,x" + large + b"y\n"))
    assert (error.code, error.params["row"]) == ("field_too_long", 3)


def test_an_endless_line_is_refused(tmp_path: Path) -> None:
    path = _text(tmp_path / "l.csv", b"a,b\n" + b"1," * (9 * limits.MEGABYTE))
    assert _refusal(path).code == "field_too_long"


def test_a_quote_that_never_closes_names_where_it_opened(tmp_path: Path) -> None:
    error = _refusal(_text(tmp_path / "q.csv", b'a,b\n1,2\n3,"4\n5,6\n7,8\n'))
    assert (error.code, error.params["row"]) == ("unclosed_quote", 3)
    open_quote = b'a,b\n1,2\n3,"4\n' + b"5,6\n" * 500_000
    error = _refusal(_text(tmp_path / "q.csv", open_quote))
    assert (error.code, error.params["row"]) == ("field_too_long", 3)


def test_too_many_columns_and_rows_of_text_are_refused(tmp_path: Path) -> None:
    error = _refusal(_text(tmp_path / "w.csv", b"a," * 1001 + b"b\n"))
    assert error.code == "too_many_columns"
    error = _refusal(_text(tmp_path / "r.csv", b"a\n" + b"\n" * limits.ROWS + b"b\n"))
    assert error.code == "too_many_rows"


def test_every_code_has_a_text_with_its_parameters() -> None:
    for code in READ_ERRORS:
        every = dict.fromkeys(
            ("size", "limit", "found", "columns", "rows", "row", "column"), 1
        )
        error = ReadError(code, {**every, "sheet": "S", "encoding": "e", "cells": 2})
        assert "%" not in str(error)
