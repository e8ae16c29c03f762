"""What the wizard proposes for a file before anybody has decided anything."""

from __future__ import annotations

import re

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.importing.fields import field_infos, importable
from sarnakh.exchange.importing.plan import samples_of
from sarnakh.exchange.mapping import guess
from sarnakh.exchange.memory import remembered
from sarnakh.exchange.options import Column
from sarnakh.exchange.reading.sheet import Sheet
from sarnakh.lib.text import searchable
from sarnakh.records.kinds import Kind
from sarnakh.records.types import RecordType

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_TOMAN = tuple(map(searchable, ("تومان", "تومن", "toman")))
_RIAL = tuple(map(searchable, ("ریال", "rial", "irr")))


def proposed(sheet: Sheet, record_type: RecordType, by: Actor) -> list[Column]:
    """A column for every header, with the field it seems to belong to."""
    fields = importable(record_type, by)
    paths = _paths(sheet, record_type, by)
    columns = []
    for place, (header, path) in enumerate(zip(sheet.headers, paths, strict=True)):
        field = fields.get(path or "")
        unit = ""
        if field is not None and field.kind == Kind.MONEY:
            # A technical header is that of our own export, which is in rials.
            unit = "rial" if header.strip() == path else unit_of(header)
        columns.append(Column(header, place, fields=(path,) if path else (), unit=unit))
    return columns


def _paths(sheet: Sheet, record_type: RecordType, by: Actor) -> list[str | None]:
    samples = samples_of(sheet.rows, len(sheet.headers))
    cells = [samples[place] for place in range(len(sheet.headers))]
    infos = field_infos(record_type, by)
    known = remembered(record_type, by)
    calendar = by.profile.cal
    paths = guess(sheet.headers, cells, infos, known, calendar)
    if all(paths):
        return paths
    # "Amount (Toman)" is an amount; what stands in brackets is a remark.
    bare = [_BRACKETS.sub("", header) for header in sheet.headers]
    second = guess(bare, cells, infos, known, calendar)
    taken = {path for path in paths if path}
    for place, path in enumerate(second):
        is_new = path and path not in taken and bare[place] != sheet.headers[place]
        if paths[place] is None and path and is_new:
            paths[place] = path
            taken.add(path)
    return paths


def unit_of(header: str) -> str:
    """The unit of amounts that a header names: toman, rial, or nothing."""
    words = searchable(header)
    if any(word in words for word in _TOMAN):
        return "toman"
    return "rial" if any(word in words for word in _RIAL) else ""
