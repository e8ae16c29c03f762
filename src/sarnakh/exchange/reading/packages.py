"""XLSX and ODS packages: what is inside, checked and measured before parsing."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from pathlib import Path

from sarnakh.exchange.errors import ReadError
from sarnakh.exchange.reading import areas
from sarnakh.exchange.reading.archive import Archive
from sarnakh.exchange.reading.markup import Attributes, attribute, local, scan

_MARKUP = (".xml", ".rels", ".vml")


def inspect_xlsx(path: Path, chosen: str | None) -> tuple[list[str], str]:
    """The names of all worksheets, and the chosen one (default: first visible).

    Every part is inflated and counted; the chosen sheet's used area is measured.
    Raises ReadError for hostile, damaged or too large files and for error cells.
    """
    with Archive(path) as archive:
        book = _Book()
        scan(archive.chunks("xl/workbook.xml"), book.on_start)
        links = _Links()
        if "xl/_rels/workbook.xml.rels" in archive:
            scan(archive.chunks("xl/_rels/workbook.xml.rels"), links.on_start)
        sheets = [sheet for sheet in book.sheets if links.is_worksheet(sheet.link)]
        sheet = _choose(sheets, chosen)
        part = links.targets[sheet.link].lower()
        if part not in archive:
            raise ReadError("damaged")
        for name in archive.names():
            if name == part:
                measure = areas.XlsxSheet()
                scan(archive.chunks(name), measure.on_start)
                measure.area.check()
            else:
                _let_through(archive, name)
    return [each.name for each in sheets], sheet.name


def inspect_ods(path: Path, chosen: str | None) -> tuple[list[str], str]:
    """The same for an ODS file, whose first sheet is the default."""
    with Archive(path) as archive:
        if "content.xml" not in archive:
            raise ReadError("damaged")
        if "meta-inf/manifest.xml" in archive:
            scan(archive.chunks("meta-inf/manifest.xml"), _refuse_encrypted)
        measure = areas.OdsSheets(chosen)
        for name in archive.names():
            if name == "content.xml":
                scan(archive.chunks(name), measure.on_start, measure.on_end)
            else:
                _let_through(archive, name)
    if not measure.names:
        raise ReadError("empty")
    if chosen is not None and chosen not in measure.names:
        raise ReadError("no_such_sheet", {"sheet": chosen})
    return measure.names, chosen or measure.names[0]


def _let_through(archive: Archive, name: str) -> None:
    if name.endswith(_MARKUP):
        scan(archive.chunks(name), strict=False)
        return
    for _chunk in archive.chunks(name):
        pass


def _refuse_encrypted(name: str, _attributes: Attributes) -> None:
    if local(name) == "encryption-data":
        raise ReadError("password_protected")


@dataclass(frozen=True)
class _BookSheet:
    name: str
    link: str
    is_visible: bool


@dataclass
class _Book:
    sheets: list[_BookSheet] = field(default_factory=list)

    def on_start(self, name: str, attributes: Attributes) -> None:
        if local(name) == "sheet":
            visible = attributes.get("state", "visible") == "visible"
            link = attribute(attributes, "id")
            self.sheets.append(_BookSheet(attributes.get("name", ""), link, visible))


@dataclass
class _Links:
    targets: dict[str, str] = field(default_factory=dict)

    def on_start(self, name: str, attributes: Attributes) -> None:
        if local(name) != "Relationship":
            return
        if attributes.get("Type", "").endswith("/worksheet"):
            target = posixpath.join("/xl", attributes.get("Target", ""))
            self.targets[attributes.get("Id", "")] = posixpath.normpath(target)[1:]

    def is_worksheet(self, link: str) -> bool:
        return link in self.targets


def _choose(sheets: list[_BookSheet], chosen: str | None) -> _BookSheet:
    if chosen is None:
        visible = [sheet for sheet in sheets if sheet.is_visible] or sheets
        if not visible:
            raise ReadError("empty")
        return visible[0]
    for sheet in sheets:
        if sheet.name == chosen:
            return sheet
    raise ReadError("no_such_sheet", {"sheet": chosen})
