"""CSV exports: bytes, protection against formulas, exact round trips."""

from __future__ import annotations

import datetime as dt
import gc
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sarnakh.exchange.cells import protect, unprotect
from sarnakh.exchange.reading.delimited import delimited_rows
from sarnakh.exchange.reading.sheet import read
from sarnakh.exchange.writing.delimited import write_csv
from sarnakh.exchange.writing.rows import GroupRow, Value

# NUL is refused by the import, and lone surrogates are no text.
_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
_DANGEROUS = st.text("'=+-@\t\r\n＝＋－＠a\"", max_size=6)


def test_the_bytes_are_as_spreadsheet_programs_like_them(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    day = dt.date(2025, 3, 21)
    moment = dt.datetime.fromisoformat("2025-03-21 13:45:59")
    row: list[Value] = ['a"b', -5, Decimal("1E+3"), True, day, moment, None, 0.1]
    assert write_csv(path, ["نام", *"bcdefgh"], [row]) == 1
    assert (
        path.read_bytes()
        == (
            '\ufeff"نام","b","c","d","e","f","g","h"\r\n'
            '"a""b","-5","1000","true","2025-03-21","2025-03-21 13:45:59","","0.1"\r\n'
        ).encode()
    )


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        *(("=1", "'=1"), ("+98", "'+98"), ("-5", "'-5"), ("@x", "'@x")),
        *(("\tx", "'\tx"), ("\rx", "'\rx"), ("\nx", "'\nx")),
        *(("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠a", "'＠a")),
        *(("'=1", "''=1"), ("''=1", "'''=1"), ("'a", "'a"), ("a=1", "a=1")),
        *(("", ""), ("'", "'")),
    ],
)
def test_text_that_may_run_is_protected(text: str, cell: str) -> None:
    assert protect(text) == cell
    assert unprotect(cell) == text


@given(_TEXT | _DANGEROUS)
def test_protection_is_undone_exactly(text: str) -> None:
    assert unprotect(protect(text)) == text


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(_TEXT | _DANGEROUS, _TEXT), max_size=8))
@example([("sep=", "")])
def test_any_text_comes_back_from_a_file(
    tmp_path: Path, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, ["a", "b"], rows)
    found = [tuple(row.cells) for row in delimited_rows(path, "utf-8", ",", '"')]
    assert found == [("a", "b"), *rows]


def test_an_export_is_read_back_by_the_import(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, ["نام", "تلفن"], [["'=x", "+98912"], ["علی، تهران", "021"]])
    result = read(path, path.name)
    assert (result.encoding, result.separator) == ("utf-8", ",")
    assert [row.cells for row in result.sheet.rows] == [
        ["'=x", "+98912"],
        ["علی، تهران", "021"],
    ]


def test_headings_of_groups_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert write_csv(path, ["a"], [GroupRow(0, "x", 1), ["1"]]) == 1
    assert path.read_text(encoding="utf-8-sig") == '"a"\n"1"\n'


def test_ten_thousand_rows_take_a_fraction_of_a_second(tmp_path: Path) -> None:
    row: list[Value] = ["فرصت فروش", "+989120000000", 1_000_000, Decimal("12.5")]
    row += [dt.date(2025, 3, 21), *["خیابان ولیعصر"] * 9, None]
    gc.collect()
    start = time.process_time()
    write_csv(tmp_path / "out.csv", ["h"] * 15, [row] * 10_000)
    assert time.process_time() - start < 0.3
