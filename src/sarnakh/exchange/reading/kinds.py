"""What a file really is, judged by its content."""

from __future__ import annotations

from pathlib import Path

from sarnakh.exchange.errors import ReadError
from sarnakh.exchange.reading import limits
from sarnakh.exchange.reading.archive import Archive

XLSX, ODS, XLS, TEXT = "xlsx", "ods", "xls", "csv"

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7Z"),
    (b"Rar!", "RAR"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"BEGIN:VCARD", "vCard"),
    (b"BEGIN:VCALENDAR", "iCalendar"),
)
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<style")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\0"))


def kind_of(path: Path) -> str:
    """The kind of the file: xlsx, ods, xls or csv (any delimited text).

    Raises ReadError for everything else and for files over the size limits.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise ReadError("empty")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        _check_size(size, limits.PACKED_BYTES)
        return _packed_kind(path)
    if head.startswith(_OLE):
        _check_size(size, limits.PACKED_BYTES)
        return _ole_kind(path)
    _refuse_foreign(head)
    _check_size(size, limits.TEXT_BYTES)
    return TEXT


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        params = {
            "size": -(-size // limits.MEGABYTE),
            "limit": limit // limits.MEGABYTE,
        }
        raise ReadError("too_big_packed", params)


def _packed_kind(path: Path) -> str:
    with Archive(path) as archive:
        if "xl/workbook.xml" in archive:
            return XLSX
        if "mimetype" in archive and archive.read("mimetype", 200).startswith(_ODS):
            return ODS
        inside = "XLSB" if "xl/workbook.bin" in archive else "ZIP"
    raise ReadError("unsupported_type", {"found": inside})


def _ole_kind(path: Path) -> str:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ReadError("password_protected")
    for stream in ("Workbook", "Book"):
        if f"{stream}\0".encode("utf-16-le") in content:
            return XLS
    raise ReadError("unsupported_type", {"found": "OLE"})


def _refuse_foreign(head: bytes) -> None:
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            raise ReadError("unsupported_type", {"found": name})
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(_MARKUP):
        raise ReadError("web_page")
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    control = len(head) - len(head.translate(None, _CONTROL))
    # A stray control character is text; a file full of them is some binary format.
    if not wide and control > len(head) // 20:
        raise ReadError("unsupported_type", {"found": "?"})
