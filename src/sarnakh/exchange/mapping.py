"""Which column of a file goes to which field: a guess for the user to correct.

In order of trust: what was remembered for this header, a name or label of a field,
a heading that other programs use, the most similar label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from sarnakh.exchange.columns import column_kind, fitting_kinds, holds_addresses
from sarnakh.exchange.synonyms import (
    LAST_NAME,
    MAX_HEADER,
    NAME_PARTS,
    SYNONYMS,
    WHOLE_NAME,
    header_key,
)
from sarnakh.lib.calendars import GREGORIAN, Calendar
from sarnakh.records.kinds import Kind

__all__ = ["FieldInfo", "column_kind", "guess"]

EXTERNAL_ID, DATABASE_ID = "id", ".id"
MAX_DISTANCE = 0.2
_COMPARED = 100
_EMPTY_PENALTY = 1_000
# "Company" means the customer's company in every file, and ours hardly ever.
_CUSTOMERS_COMPANY = ("company", "company_name")


@dataclass(frozen=True)
class FieldInfo:
    """A field that can be imported.

    ``labels`` are its names in the user's language and in English; ``children`` the
    fields of a link or of lines, reached as ``parent/child``.
    """

    name: str
    kind: Kind
    labels: tuple[str, ...] = ()
    children: tuple[FieldInfo, ...] = ()


class _Claim(NamedTuple):
    """How close a column is to a field; the smaller tuple wins."""

    stage: int
    distance: float
    path: str
    # Several columns may claim a text field together, as parts of a name.
    is_part: bool = False


_REMEMBERED, _EXACT, _SYNONYM, _SIMILAR = range(4)


def guess(
    headers: Sequence[str],
    samples: Sequence[Sequence[str]],
    fields: Sequence[FieldInfo],
    remembered: Mapping[str, str],
    calendar: Calendar = GREGORIAN,
) -> list[str | None]:
    """For each header the path of a field, or None to leave the column out.

    ``samples`` holds some values per column, ``remembered`` earlier decisions by
    header (an empty path means: left out). Two columns get the same path only as
    parts of a person's name; else the closer one keeps it.
    """
    memory = {_folded(header): path for header, path in remembered.items()}
    by_name = {field.name: field for field in fields}
    labels = _label_keys(fields)
    claims: list[_Claim | None] = []
    for header, cells in zip(headers, samples, strict=True):
        path = memory.get(_folded(header))
        if path == "":
            claims.append(None)
        elif path and _resolve(path, fields):
            claims.append(_Claim(_REMEMBERED, 0, path))
        else:
            claims.append(
                _exact(header, fields)
                or _synonym(header, cells, by_name, calendar)
                or _similar(header, cells, labels, calendar)
            )
    _join_names(headers, samples, claims, by_name)
    return _without_rivals(claims)


def _folded(header: str) -> str:
    return " ".join(header.split()).casefold()


# --- names and labels -----------------------------------------------------------


def _exact(header: str, fields: Sequence[FieldInfo]) -> _Claim | None:
    company, customers = _CUSTOMERS_COMPANY
    names = {field.name for field in fields}
    if header_key(header) == company and customers in names:
        return _Claim(_EXACT, 0.9, customers)
    path = _resolve(header, fields)
    if path is None:
        return None
    # The very name is closer than a label, so that it wins over its twins.
    return _Claim(_EXACT, 0.0 if path == header.strip() else 0.5, path)


def _resolve(header: str, fields: Sequence[FieldInfo]) -> str | None:
    """The path that a header names step by step, by technical names or labels."""
    text = header.strip()[:MAX_HEADER]
    if text.lower() in (EXTERNAL_ID, DATABASE_ID):
        return text.lower()
    for field in fields:
        if text.casefold() == field.name.casefold():
            return field.name
    for field in fields:
        if _is_called(text, field):
            return field.name
    first, slash, rest = text.partition("/")
    while slash:
        parent = next((f for f in fields if _is_called(first, f)), None)
        if parent:
            found = _step(rest, parent)
            return f"{parent.name}/{found}" if found else None
        # A label may itself contain the sign.
        more, slash, rest = rest.partition("/")
        first = f"{first}/{more}"
    return None


def _step(rest: str, parent: FieldInfo) -> str | None:
    if rest.strip().lower() in (EXTERNAL_ID, DATABASE_ID):
        is_record = parent.kind.is_link or parent.children
        return rest.strip().lower() if is_record else None
    return _resolve(rest, parent.children)


def _is_called(text: str, field: FieldInfo) -> bool:
    key = header_key(text)
    return bool(key) and key in map(header_key, (field.name, *field.labels))


# --- other programs' headings ---------------------------------------------------


def _synonym(
    header: str,
    cells: Sequence[str],
    by_name: Mapping[str, FieldInfo],
    calendar: Calendar,
) -> _Claim | None:
    key = header_key(header)
    # Of several columns an empty one has the least to give.
    penalty = 0 if _is_filled(cells) else _EMPTY_PENALTY
    for targets, keys in SYNONYMS:
        if key not in keys:
            continue
        distance = keys[key] + penalty
        if targets == (EXTERNAL_ID,):
            return _Claim(_SYNONYM, distance, EXTERNAL_ID)
        for target in targets:
            field = by_name.get(target)
            if field and _suits(field, cells, calendar):
                return _Claim(_SYNONYM, distance, target)
    return None


def _suits(field: FieldInfo, cells: Sequence[str], calendar: Calendar) -> bool:
    if field.name in WHOLE_NAME and holds_addresses(cells):
        return False
    return field.kind in fitting_kinds(cells, calendar)


def _join_names(
    headers: Sequence[str],
    samples: Sequence[Sequence[str]],
    claims: list[_Claim | None],
    by_name: Mapping[str, FieldInfo],
) -> None:
    """Give first, middle and last names to one field unless it has a better column."""
    target = next((name for name in WHOLE_NAME if name in by_name), None)
    keys = [header_key(header) for header in headers]
    # Without a last name, "name" is not the first half of anything.
    if target is None or not any(key in LAST_NAME for key in keys):
        return
    parts = [
        place
        for place, (key, claim) in enumerate(zip(keys, claims, strict=True))
        if key in NAME_PARTS and _is_free(claim, target)
    ]
    # An empty column has nothing better to give.
    has_parts = any(_is_filled(samples[place]) for place in parts)
    is_taken = any(
        claim
        and claim.path == target
        and place not in parts
        and (_is_filled(samples[place]) or not has_parts)
        for place, claim in enumerate(claims)
    )
    for place in parts:
        part = _Claim(_SYNONYM, 0, target, is_part=True)
        claims[place] = None if is_taken else part


def _is_filled(cells: Sequence[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _is_free(claim: _Claim | None, target: str) -> bool:
    """Whether a name's part may go to the target: in Persian both may be «نام»."""
    if claim is None or claim.stage >= _SYNONYM:
        return True
    return claim.stage == _EXACT and claim.path == target


# --- similarity -----------------------------------------------------------------


def _label_keys(fields: Sequence[FieldInfo]) -> list[tuple[str, FieldInfo]]:
    return [
        (key, field)
        for field in fields
        for key in {header_key(label) for label in (field.name, *field.labels)}
        if key
    ]


def _similar(
    header: str,
    cells: Sequence[str],
    labels: Sequence[tuple[str, FieldInfo]],
    calendar: Calendar,
) -> _Claim | None:
    if "/" in header:
        # A path that does not lead to a field is not a misspelled label.
        return None
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(header_key(header)[:_COMPARED])
    close: list[tuple[float, str]] = []
    kinds: frozenset[Kind] | None = None
    least = 1 - MAX_DISTANCE
    for key, field in labels:
        matcher.set_seq1(key[:_COMPARED])
        # The two quick bounds spare the real comparison for nearly all labels.
        if matcher.real_quick_ratio() <= least or matcher.quick_ratio() <= least:
            continue
        distance = 1 - matcher.ratio()
        if distance < MAX_DISTANCE:
            kinds = kinds or fitting_kinds(cells, calendar)
            if field.kind in kinds:
                close.append((distance, field.name))
    if not close:
        return None
    distance, name = min(close)
    return _Claim(_SIMILAR, distance, name)


def _without_rivals(claims: Sequence[_Claim | None]) -> list[str | None]:
    best: dict[str, _Claim] = {}
    for claim in claims:
        if claim and (claim.path not in best or claim[:2] < best[claim.path][:2]):
            best[claim.path] = claim
    return [
        claim.path
        if claim and (best[claim.path] is claim or _share(claim, best[claim.path]))
        else None
        for claim in claims
    ]


def _share(claim: _Claim, best: _Claim) -> bool:
    return claim.is_part and best.is_part
