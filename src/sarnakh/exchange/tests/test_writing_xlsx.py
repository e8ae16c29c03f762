"""XLSX exports, read back by a parser that did not write them."""

from __future__ import annotations

import datetime as dt
import enum
import gc
import time
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from sarnakh.exchange.errors import WriteError
from sarnakh.exchange.reading.sheet import read
from sarnakh.exchange.writing import xlsx
from sarnakh.exchange.writing.frame import sheet_name
from sarnakh.exchange.writing.rows import ExportRow, GroupRow, Value
from sarnakh.exchange.writing.template import Note, TemplateField, write_template
from sarnakh.exchange.writing.xlsx import TOO_LONG, write_xlsx

_SHEET = "xl/worksheets/sheet1.xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class _Stars(enum.IntEnum):
    THREE = 3


def _written(
    tmp_path: Path, rows: Iterable[ExportRow], *, headers: Sequence[str] = ("a", "b")
) -> list[list[object]]:
    path = tmp_path / "out.xlsx"
    write_xlsx(path, headers, rows, rtl=True)
    return [list(row) for row in load_workbook(path).get_sheet_by_index(0).to_python()]


def _markup(path: Path) -> ElementTree.Element:
    with zipfile.ZipFile(path) as package:
        return ElementTree.fromstring(package.read(_SHEET))  # noqa: S314


def _cell_style(path: Path, place: str) -> ElementTree.Element:
    """The <xf> of a cell."""
    cell = _markup(path).find(f".//{_MAIN}c[@r='{place}']")
    assert cell is not None
    with zipfile.ZipFile(path) as package:
        styles = ElementTree.fromstring(package.read("xl/styles.xml"))  # noqa: S314
    formats = styles.find(f"{_MAIN}cellXfs")
    assert formats is not None
    return formats[int(cell.get("s", "0"))]


def test_values_come_back_as_what_they_were(tmp_path: Path) -> None:
    day, moment = dt.date(2025, 3, 21), dt.datetime.fromisoformat("2025-03-21 13:45:59")
    rows: list[list[Value]] = [
        ["سرنخ", 12, Decimal("0.10"), -1.5, True, day, moment, None, ""],
        [_Stars.THREE, 10**15, Decimal("1E+3"), 0, False, day, None, "x", " y "],
    ]
    headers = [f"h{number}" for number in range(9)]
    first, second = _written(tmp_path, rows, headers=headers)[1:]
    assert first == ["سرنخ", 12, 0.1, -1.5, True, day, moment, "", ""]
    assert second == [3, 10**15, 1000, 0, False, day, "", "x", " y "]


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+98912", "-5", "@SUM(A1)", "\tx", "'=x", "＝1", "http://a.ir/"),
        *("mailto:a@b.c", "007", "1e5", "<r>bold</r>", "<r><t>&amp;</r>", "a<b>&'\""),
        *("_x0041_", "_x000D_", "line\nbreak", "carriage\r\nreturn", "bell\a", "‌می‌روم"),
    ],
)
def test_text_stays_exactly_the_text_it_was(tmp_path: Path, text: str) -> None:
    rows = _written(tmp_path, [[text, "end"]])
    assert rows == [["a", "b"], [text, "end"]]
    root = _markup(tmp_path / "out.xlsx")
    assert root.find(f".//{_MAIN}f") is None
    assert root.find(f".//{_MAIN}hyperlink") is None


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1)))
def test_any_text_survives(tmp_path: Path, texts: list[str]) -> None:
    written = _written(tmp_path, [[text, 1] for text in texts])
    # The format itself has no room for the two non-characters.
    table = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
    assert [row[0] for row in written[1:]] == [text.translate(table) for text in texts]


def test_an_export_is_read_back_by_the_import(tmp_path: Path) -> None:
    day = dt.date(2025, 3, 21)
    path = tmp_path / "out.xlsx"
    write_xlsx(path, ["متن", "عدد", "روز"], [["'=x", 12, day]], rtl=True)
    sheet = read(path, path.name).sheet
    assert sheet.headers == ["متن", "عدد", "روز"]
    assert sheet.rows[0].cells == ["'=x", 12, day]


def test_lone_surrogates_do_not_stop_an_export(tmp_path: Path) -> None:
    assert _written(tmp_path, [["a\ud800b", ""]])[1][0] == "a\ufffdb"


def test_numbers_that_no_cell_holds_become_text(tmp_path: Path) -> None:
    rows: list[list[Value]] = [[float("nan"), float("inf")], [Decimal("NaN"), 1]]
    assert _written(tmp_path, rows)[1:] == [["nan", "inf"], ["NaN", 1]]


def test_days_before_the_calendars_agree_are_text(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        [dt.date(1900, 2, 28), dt.datetime.fromisoformat("1850-01-02 03:04:05")],
        [dt.date(1900, 3, 1), None],
    ]
    written = _written(tmp_path, rows)
    assert written[1] == ["1900-02-28", "1850-01-02 03:04:05"]
    assert written[2][0] == dt.date(1900, 3, 1)


def test_text_too_long_for_a_cell_is_replaced_by_a_notice(tmp_path: Path) -> None:
    longest, longer, pairs = "x" * 32_767, "x" * 32_768, "😀" * 16_384
    rows = _written(tmp_path, [[longest, longer], [pairs, "😀" * 16_383]])
    assert rows[1] == [longest, TOO_LONG]
    assert rows[2] == [TOO_LONG, "😀" * 16_383]


def test_the_sheet_reads_from_right_to_left_when_asked(tmp_path: Path) -> None:
    for rtl in (True, False):
        path = tmp_path / f"{rtl}.xlsx"
        write_xlsx(path, ["a"], [], rtl=rtl, sheet="سرنخ/ها?")
        view = _markup(path).find(f".//{_MAIN}sheetView")
        assert view is not None
        assert view.get("rightToLeft") == ("1" if rtl else None)
        assert load_workbook(path).sheet_names == ["سرنخ ها"]


def test_headers_and_groups_are_bold_and_groups_indented(tmp_path: Path) -> None:
    rows: list[ExportRow] = [
        GroupRow(0, "تهران", 2, [Decimal(30)]),
        GroupRow(1, "جدید", 2, [30, dt.date(2025, 3, 21)]),
        ["one", 10, None],
    ]
    written = _written(tmp_path, rows, headers=["name", "sum", "day"])
    assert written[1:3] == [
        ["تهران (2)", 30, ""],
        ["    جدید (2)", 30, dt.date(2025, 3, 21)],
    ]
    path = tmp_path / "out.xlsx"
    plain = _cell_style(path, "A4").get("fontId")
    bold = _cell_style(path, "A1").get("fontId")
    assert plain != bold
    for place in ("A2", "B2", "A3", "B3", "C3"):
        assert _cell_style(path, place).get("fontId") == bold, place
    assert _cell_style(path, "B4").get("fontId") == plain


def test_too_many_rows_are_refused_and_leave_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert xlsx.MAX_ROWS == 1_048_575
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    path = tmp_path / "out.xlsx"
    assert write_xlsx(path, ["a"], [["x"]] * 3, rtl=True) == 3
    with pytest.raises(WriteError) as caught:
        write_xlsx(path, ["a"], [["x"]] * 4, rtl=True)
    assert (caught.value.code, caught.value.params) == ("too_many_rows", {"limit": 3})
    assert not path.exists()


def test_a_failing_source_of_rows_leaves_no_file(tmp_path: Path) -> None:
    def rows() -> Iterable[list[Value]]:
        yield ["x"]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        write_xlsx(tmp_path / "out.xlsx", ["a"], rows(), rtl=True)
    assert list(tmp_path.iterdir()) == []


def test_ten_thousand_rows_take_less_than_a_second(tmp_path: Path) -> None:
    day = dt.date(2025, 3, 21)
    row: list[Value] = ["فرصت فروش", "نام و نام خانوادگی", "Company & <Co>"]
    row += ["a@example.com", "+989120000000", 1_000_000, Decimal("12.5"), day, True]
    row += ["تهران", "خیابان ولیعصر", "1234567890", None, "new", 3.5]
    path = tmp_path / "out.xlsx"
    gc.collect()
    start = time.process_time()
    write_xlsx(path, [f"h{place}" for place in range(15)], [row] * 10_000, rtl=True)
    assert time.process_time() - start < 0.8


@pytest.mark.parametrize(
    ("text", "name"),
    [("a[b]:c*d?e/f\\g", "a b  c d e f g"), ("'x'", "x"), ("", "Sarnakh")],
)
def test_sheet_names_are_made_acceptable(text: str, name: str) -> None:
    assert sheet_name(text) == name
    assert len(sheet_name("نام " * 30)) <= 31


# --- templates ------------------------------------------------------------------


def test_a_template_has_headers_an_example_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    fields = [
        TemplateField("نام", "text", "=علی"),
        TemplateField("تلفن", "text", "02188"),
        TemplateField("مبلغ", "money", Decimal(1200)),
        TemplateField("تاریخ", "date", dt.date(2025, 3, 21)),
        TemplateField("اولویت", "choice", "کم", ("کم", "زیاد")),
        TemplateField("فعال", "boolean", True),
        TemplateField("شرح", "long_text"),
    ]
    notes = [Note("اولویت", "کم، زیاد")]
    write_template(path, fields, notes, rtl=True, sheets=("ورود", "راهنما"))
    book = load_workbook(path)
    assert book.sheet_names == ["ورود", "راهنما"]
    assert book.get_sheet_by_index(0).to_python() == [
        [field.label for field in fields],
        ["=علی", "02188", 1200, dt.date(2025, 3, 21), "کم", True, ""],
    ]
    assert book.get_sheet_by_index(1).to_python() == [["اولویت", "کم، زیاد"]]
    root = _markup(path)
    view = root.find(f".//{_MAIN}sheetView")
    assert view is not None
    assert view.get("rightToLeft") == "1"
    formula = root.find(f".//{_MAIN}dataValidation/{_MAIN}formula1")
    assert formula is not None
    assert formula.text == '"کم,زیاد"'
    # Text columns are text below the example too, or phones would lose their zeros.
    assert _cell_style(path, "B2").get("numFmtId") == "49"
    assert read(path, path.name).sheet.headers == [field.label for field in fields]
