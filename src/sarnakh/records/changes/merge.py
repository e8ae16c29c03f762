"""Edits made on an older version: different fields merge, equal ones clash."""

from typing import Any

from django.db import models

from sarnakh.records.changes.plain import plain
from sarnakh.records.errors import Clash, Conflict
from sarnakh.records.models import Change
from sarnakh.records.types.record_type import RecordType


def merged(
    record: models.Model,
    record_type: RecordType,
    wanted: dict[str, Any],
    current: dict[str, Any],
    seen: int | None,
) -> dict[str, Any]:
    """What is left to write of `wanted`, given the version that was seen.

    `wanted` and `current` hold model values by field name. A form sends every
    field, so a field counts as edited only when it differs from what it was in
    the seen version. Raises Conflict with both values when somebody else
    changed an edited field to something different.
    """
    version: int = getattr(record, "version", 1)
    changed = {name: value for name, value in wanted.items() if value != current[name]}
    if seen is None or seen >= version or not changed:
        return changed
    later = list(
        Change.objects.filter(
            record_type=record_type.name, record_id=record.pk, version__gt=seen
        )
        .select_related("by")
        .order_by("id")
    )
    base: dict[str, Any] = {}
    for change in later:
        for name, (old, _new) in change.values.items():
            base.setdefault(name, old)
    clashes = []
    for name in list(changed):
        if name not in base:
            continue
        field = record_type.fields[name]
        if plain(field, wanted[name]) == base[name]:
            # The form only repeated what it had been shown: not an edit.
            del changed[name]
        else:
            clashes.append(Clash(name, wanted[name], current[name]))
    if clashes:
        raise Conflict(tuple(clashes), who=str(later[-1].by or ""))
    return changed
