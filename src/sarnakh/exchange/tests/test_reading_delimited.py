"""CSV and TSV as other programs write them: encodings, separators, quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sarnakh.exchange.errors import ReadError
from sarnakh.exchange.reading.delimited import find_separator
from sarnakh.exchange.reading.encodings import detect_encoding
from sarnakh.exchange.reading.sheet import ReadOptions, ReadResult, list_sheets, read

_PERSIAN = "نام،شهر\n".replace("،", ",") + "علي رضايي,تهران\nسارا احمدي,اصفهان\n"


def _read(
    tmp_path: Path,
    content: bytes | str,
    options: ReadOptions | None = None,
    *,
    name: str = "t.csv",
) -> ReadResult:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, name, options)


def _cells(result: ReadResult) -> list[list[object]]:
    return [list(row.cells) for row in result.sheet.rows]


# --- encodings ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("cp1256", "windows-1256"),
    ],
)
def test_persian_text_is_read_in_any_usual_encoding(
    tmp_path: Path, codec: str, named: str
) -> None:
    result = _read(tmp_path, _PERSIAN.encode(codec))
    assert result.encoding == named
    assert result.sheet.headers == ["نام", "شهر"]
    assert _cells(result)[0] == ["علي رضايي", "تهران"]


@pytest.mark.parametrize(
    ("text", "codec", "named"),
    [
        ("Nom;Ville\nFrançois Lefèvre;Orléans\n", "cp1252", "windows-1252"),
        ("Müller,Größe\nÄpfel,über\n", "cp1252", "windows-1252"),
        ("Name,Price\nCafé,10 €\n", "cp1252", "windows-1252"),
        ("name,city\nمحمد أحمد,الرياض\n", "cp1256", "windows-1256"),
        ("name,city\nگروه پژوهش,چابهار\n", "cp1256", "windows-1256"),
        ("name,note\nAli,كتاب\n", "cp1256", "windows-1256"),
    ],
)
def test_windows_encodings_are_told_apart_by_their_words(
    tmp_path: Path, text: str, codec: str, named: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(text.replace("ی", "ي").encode(codec))
    assert detect_encoding(path) == named


def test_upper_bytes_far_down_the_file_are_found(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n" * 600_000 + "علي,تهران\n".encode("cp1256"))
    assert detect_encoding(path) == "windows-1256"


def test_the_user_may_state_the_encoding(tmp_path: Path) -> None:
    content = "a,b\né,ü\n".encode("cp1252")
    result = _read(tmp_path, content, ReadOptions(encoding="windows-1252"))
    assert _cells(result) == [["é", "ü"]]
    with pytest.raises(ReadError) as caught:
        _read(tmp_path, content, ReadOptions(encoding="utf-8"))
    assert (caught.value.code, caught.value.params["row"]) == ("undecodable", 2)
    with pytest.raises(ReadError) as caught:
        _read(tmp_path, content, ReadOptions(encoding="base64"))
    assert caught.value.code == "unknown_encoding"


# --- separators -----------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    result = _read(tmp_path, f"a{separator}b\n1{separator}2\n3{separator}4\n")
    assert result.separator == separator
    assert _cells(result) == [["1", "2"], ["3", "4"]]


def test_decimal_commas_do_not_hide_semicolons(tmp_path: Path) -> None:
    result = _read(tmp_path, "name;price\nx;1,5\ny;2,5\n")
    assert _cells(result) == [["x", "1,5"], ["y", "2,5"]]


def test_one_short_row_does_not_spoil_the_separator(tmp_path: Path) -> None:
    result = _read(tmp_path, "a|b|c\n1|2, or 3|4\n5|6\n7|8|9\n")
    assert result.separator == "|"
    assert len(result.sheet.rows) == 3


def test_a_single_column_has_no_separator(tmp_path: Path) -> None:
    assert _cells(_read(tmp_path, "email\na@b.c\nd@e.f\n")) == [["a@b.c"], ["d@e.f"]]


def test_persian_separators_are_taken_only_when_chosen(tmp_path: Path) -> None:
    text = "نام؛ شهر\nعلی؛ یزد\n"
    assert _read(tmp_path, text).sheet.headers == ["نام؛ شهر"]
    chosen = _read(tmp_path, text, ReadOptions(separator="؛"))
    assert chosen.sheet.headers == ["نام", "شهر"]


def test_tab_is_tried_first_where_name_or_type_say_so(tmp_path: Path) -> None:
    text = "a,x\tb,y\n1,2\t3,4\n"
    assert _read(tmp_path, text).separator == ","
    assert _read(tmp_path, text, name="t.tsv").separator == "\t"
    declared = read(tmp_path / "t.csv", "t", declared_type="text/tab-separated-values")
    assert declared.separator == "\t"


def test_a_line_stating_the_separator_is_obeyed_and_not_data(tmp_path: Path) -> None:
    result = _read(tmp_path, "sep=;\r\na;b\r\n1,5;2\r\n")
    assert result.separator == ";"
    assert (result.sheet.header_row, _cells(result)) == (2, [["1,5", "2"]])


@pytest.mark.parametrize(
    "options",
    [
        ReadOptions(separator=",,"),
        ReadOptions(separator="\n"),
        ReadOptions(separator='"'),
        ReadOptions(quote="ab"),
    ],
)
def test_impossible_options_are_refused(tmp_path: Path, options: ReadOptions) -> None:
    with pytest.raises(ReadError) as caught:
        _read(tmp_path, "a,b\n1,2\n", options)
    assert caught.value.code == "bad_separator"


def test_a_cut_sample_does_not_mislead(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a;b\n" + "12,5;3\n" * 20_000)
    assert find_separator(path, "utf-8", '"', prefer_tab=False) == ";"


# --- rows and quotes ------------------------------------------------------------


def test_quoted_separators_quotes_and_line_ends_stay_in_their_cell(
    tmp_path: Path,
) -> None:
    result = _read(tmp_path, 'a,b\n"x, y","say ""hi"""\n"two\nlines",z\n')
    assert _cells(result) == [["x, y", 'say "hi"'], ["two\nlines", "z"]]
    assert [row.number for row in result.sheet.rows] == [2, 3]


def test_row_numbers_count_blank_rows(tmp_path: Path) -> None:
    result = _read(tmp_path, "\n\na,b\n,\n1,2\n \n\n3,4\n")
    assert result.sheet.header_row == 3
    assert [row.number for row in result.sheet.rows] == [5, 8]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_known(tmp_path: Path, end: str) -> None:
    assert _cells(_read(tmp_path, f"a,b{end}1,2{end}3,4")) == [["1", "2"], ["3", "4"]]


def test_another_text_delimiter_or_none_can_be_chosen(tmp_path: Path) -> None:
    single = _read(tmp_path, "a,b\n'x,y',2\n", ReadOptions(quote="'"))
    assert _cells(single) == [["x,y", "2"]]
    none = _read(tmp_path, 'a,b\n5" pipe,"2\n', ReadOptions(quote=""))
    assert _cells(none) == [['5" pipe', '"2']]


def test_exactly_one_protecting_apostrophe_is_dropped(tmp_path: Path) -> None:
    result = _read(tmp_path, "a,b,c,d,e\n'=1+1,''=x,'text,'+98912,-5\n")
    assert _cells(result) == [["=1+1", "'=x", "'text", "+98912", "-5"]]


def test_text_files_have_no_sheets(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n")
    assert list_sheets(path) == []
