"""Well-made spreadsheets: typed cells, where the table is, which sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from sarnakh.exchange.cells import as_text
from sarnakh.exchange.errors import ReadError
from sarnakh.exchange.reading.sheet import ReadOptions, list_sheets, read, reopen
from sarnakh.exchange.tests.files import (
    make_ods,
    make_xls,
    make_xlsx,
    ods_row,
    raw_xlsx,
)


def _refusal(path: Path, options: ReadOptions | None = None) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(path, path.name, options)
    return caught.value


def _moment(text: str) -> dt.datetime:
    # A spreadsheet knows no time zones.
    return dt.datetime.fromisoformat(text)


def test_typed_cells_keep_their_types(tmp_path: Path) -> None:
    path = tmp_path / "typed.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        span = book.add_format({"num_format": "[h]:mm"})
        for column, name in enumerate("abcdefghij"):
            page.write_string(0, column, name)
        page.write_number(1, 0, 3)
        page.write_number(1, 1, 1234.1 - 0.1 + 0.1)
        page.write_boolean(1, 2, True)
        page.write_number(1, 3, 45000, day)
        page.write_number(1, 4, 45000.4166666, moment)
        page.write_formula(1, 5, "=1+1", None, 2)
        page.write_formula(1, 6, "=A1", None, "from a formula")
        page.write_string(1, 7, "'=kept")
        page.write_number(1, 8, 0.5, clock)
        page.write_number(1, 9, 1.5, span)
    row = read(path, path.name).sheet.rows[0]
    assert row.cells == [
        *(3, 1234.1, True, dt.date(2023, 3, 15), _moment("2023-03-15 10:00")),
        *(2, "from a formula", "'=kept", "12:00:00", "36:00:00"),
    ]
    assert [type(cell) for cell in row.cells[:3]] == [int, float, bool]
    assert list(map(as_text, row.cells[:5])) == [
        *("3", "1234.1", "true", "2023-03-15", "2023-03-15 10:00:00"),
    ]


def test_large_whole_numbers_are_phones_and_not_powers(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "p.xlsx", [["phone"], [9123456789.0]])
    assert as_text(read(path, path.name).sheet.rows[0].cells[0]) == "9123456789"


def test_a_table_may_start_anywhere_and_rows_keep_their_numbers(
    tmp_path: Path,
) -> None:
    rows = [["Name", "City"], ["Ali", "Yazd"], ["", ""], ["", " "], ["Sara", ""]]
    path = make_xlsx(tmp_path / "b3.xlsx", rows, at=(2, 1))
    sheet = read(path, path.name).sheet
    assert sheet.headers == ["Name", "City"]
    assert sheet.header_row == 3
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (4, ["Ali", "Yazd"]),
        (7, ["Sara", ""]),
    ]


def test_data_left_of_the_header_gets_a_column_of_its_own(tmp_path: Path) -> None:
    rows = [["", "Name", "City"], ["", "Ali", "Yazd"], ["x", "Sara", "Qom"]]
    path = make_xlsx(tmp_path / "left.xlsx", rows, at=(0, 1))
    sheet = read(path, path.name).sheet
    assert sheet.headers == ["[B]", "Name", "City"]
    assert sheet.rows[1].cells == ["x", "Sara", "Qom"]
    assert sheet.rows[0].cells == ["", "Ali", "Yazd"]


def test_a_title_above_the_table_is_not_its_header(tmp_path: Path) -> None:
    rows = [["Sales report"], ["Name", "City", "Phone"], ["Ali", "Yazd", "1"]]
    path = make_xlsx(tmp_path / "title.xlsx", rows)
    sheet = read(path, path.name).sheet
    assert (sheet.header_row, sheet.headers) == (2, ["Name", "City", "Phone"])


def test_the_user_may_name_the_header_row_or_have_none(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "h.xlsx", [["a", "b"], ["c", "d"], ["e", "f"]])
    second = read(path, path.name, ReadOptions(header_row=2)).sheet
    assert (second.headers, len(second.rows)) == (["c", "d"], 1)
    none = read(path, path.name, ReadOptions(header=False)).sheet
    assert (none.headers, none.header_row, len(none.rows)) == (["A", "B"], 0, 3)


def test_repeated_and_missing_headers_become_distinct(tmp_path: Path) -> None:
    rows = [["Phone", "Phone", "", "phone"], ["1", "2", "3", "4"]]
    path = make_xlsx(tmp_path / "dup.xlsx", rows)
    assert read(path, path.name).sheet.headers == ["Phone", "Phone (2)", "[C]", "phone"]


def test_short_rows_are_padded_and_wide_ones_reported(tmp_path: Path) -> None:
    rows = [["a", "b"], ["1"], ["1", "2", "3"], ["1", "2", "", "4"]]
    result = read(make_xlsx(tmp_path / "w.xlsx", rows), "w.xlsx")
    cells = [row.cells for row in result.sheet.rows]
    assert cells == [["1", ""], ["1", "2"], ["1", "2"]]
    assert [row.extra for row in result.sheet.rows] == [0, 1, 1]
    assert result.problem_count == 2
    first = result.problems[0]
    assert first.code == "row_too_wide"
    assert first.params == {"row": 3, "cells": 3, "columns": 2}


def test_a_header_without_rows_is_an_empty_table(tmp_path: Path) -> None:
    result = read(make_xlsx(tmp_path / "e.xlsx", [["a", "b"]]), "e.xlsx")
    assert len(result.sheet.rows) == 0
    assert list(result.sheet.rows) == []


def test_a_blank_sheet_is_refused(tmp_path: Path) -> None:
    assert _refusal(make_xlsx(tmp_path / "e.xlsx", [])).code == "empty"


def test_samples_are_filled_cells_as_text(tmp_path: Path) -> None:
    rows: list[list[object]] = [["n", "t"], [1, ""], [2, "x"], [3, ""]]
    sheet = read(make_xlsx(tmp_path / "s.xlsx", rows), "s.xlsx").sheet
    assert sheet.samples(2) == [["1", "2"], ["x"]]


def test_an_error_cell_names_its_place(tmp_path: Path) -> None:
    path = tmp_path / "err.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["a", "b"])
        page.write_formula(4, 1, "=1/0", None, "#DIV/0!")
    error = _refusal(path)
    assert error.code == "error_cell"
    assert error.params == {"row": 5, "column": "B"}
    assert "Row 5, column B" in str(error)


def test_the_first_visible_sheet_is_read_and_others_can_be_chosen(
    tmp_path: Path,
) -> None:
    path = tmp_path / "many.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Lists", "فرصت‌ها & more", "Old"):
            book.add_worksheet(name).write_column(0, 0, [f"head {name}", "x"])
        book.worksheets()[1].activate()
        book.worksheets()[0].hide()
    names = ["Lists", "فرصت‌ها & more", "Old"]
    assert list_sheets(path) == names
    result = read(path, path.name)
    assert result.sheets == names
    assert result.sheet.name == names[1]
    assert result.sheet.headers == ["head فرصت‌ها & more"]
    chosen = read(path, path.name, ReadOptions(sheet="Old"))
    assert chosen.sheet.headers == ["head Old"]
    missing = _refusal(path, ReadOptions(sheet="New"))
    assert (missing.code, missing.params) == ("no_such_sheet", {"sheet": "New"})


def test_an_error_on_another_sheet_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Good").write_column(0, 0, ["a", "b"])
        book.add_worksheet("Bad").write_formula(0, 0, "=1/0", None, "#DIV/0!")
    assert read(path, path.name).sheet.rows[0].cells == ["b"]
    assert _refusal(path, ReadOptions(sheet="Bad")).code == "error_cell"


def test_cells_without_places_follow_each_other(tmp_path: Path) -> None:
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    data = "".join(
        f"<row>{cell.format(left)}{cell.format(right)}</row>"
        for left, right in (("a", "b"), ("1", "2"))
    )
    sheet = read(raw_xlsx(tmp_path / "bare.xlsx", data), "bare.xlsx").sheet
    assert (sheet.headers, sheet.rows[0].cells) == (["a", "b"], ["1", "2"])


def test_ods_is_read(tmp_path: Path) -> None:
    blank = '<table:table-row table:number-rows-repeated="1048000">{}</table:table-row>'
    tail = blank.format('<table:table-cell table:number-columns-repeated="16384"/>')
    rows = ods_row("نام", "مبلغ") + ods_row("", "") + ods_row("علی", 3) + tail
    path = make_ods(tmp_path / "t.ods", {"برگه": rows, "Two": ods_row("x")})
    result = read(path, "t.ods")
    assert (result.kind, result.sheets) == ("ods", ["برگه", "Two"])
    assert result.sheet.headers == ["نام", "مبلغ"]
    assert [(row.number, row.cells) for row in result.sheet.rows] == [(3, ["علی", 3])]
    two = read(path, "t.ods", ReadOptions(sheet="Two"))
    assert two.sheet.headers == ["x"]
    assert _refusal(path, ReadOptions(sheet="Three")).code == "no_such_sheet"


def test_an_ods_error_cell_names_its_place(tmp_path: Path) -> None:
    bad = (
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="string" calcext:value-type="error">'
        "<text:p>#REF!</text:p></table:table-cell></table:table-row>"
    )
    path = make_ods(tmp_path / "e.ods", {"S": ods_row("a", times=3) + bad})
    error = _refusal(path)
    assert (error.code, error.params) == ("error_cell", {"row": 4, "column": "C"})


def test_old_xls_is_read(tmp_path: Path) -> None:
    path = make_xls(tmp_path / "old.xls", [["نام", "n"], ["علی", 12.0], ["", 0.5]])
    result = read(path, "old.xls")
    assert (result.kind, result.sheets) == ("xls", ["Old"])
    assert result.sheet.headers == ["نام", "n"]
    assert [row.cells for row in result.sheet.rows] == [["علی", 12], ["", 0.5]]


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "upload", [["a"], ["b"]])
    assert read(path, "leads.csv").kind == "xlsx"
    text = tmp_path / "text.bin"
    text.write_text("a,b\n1,2\n")
    assert read(text, "leads.xlsx").kind == "csv"


def test_a_result_can_be_opened_again_later(tmp_path: Path) -> None:
    day = _moment("2024-01-02 03:04:05")
    path = tmp_path / "d.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as b:
        page = b.add_worksheet()
        page.write_column(0, 0, ["when", *[day] * 5])
    work = tmp_path / "work"
    work.mkdir()
    result = read(path, "d.xlsx", work=work)
    again = reopen(result.folder)
    assert again == result
    assert again.sheet.rows[-1].cells == [day]
    assert [row.number for row in again.sheet.rows[1:3]] == [3, 4]
    with pytest.raises(IndexError):
        again.sheet.rows[5]


def test_a_refused_file_leaves_nothing_behind(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    with pytest.raises(ReadError):
        read(make_xlsx(tmp_path / "e.xlsx", []), "e.xlsx", work=work)
    assert list(work.iterdir()) == []
