"""External ids for records that go out into the world."""

from __future__ import annotations

from collections.abc import Iterable

from sarnakh.records.database import Among
from sarnakh.records.models import ExternalId
from sarnakh.records.types import RecordType

_AT_ONCE = 1_000


def external_ids(record_type: RecordType, keys: Iterable[int]) -> dict[int, str]:
    """An id for each record: the one it has, else `export.<type>_<number>`."""
    wanted = sorted(set(keys))
    found = _known(record_type, wanted)
    new = [key for key in wanted if key not in found]
    if new:
        ExternalId.objects.bulk_create(
            [
                ExternalId(
                    key=f"export.{record_type.name}_{key}",
                    record_type=record_type.name,
                    record_id=key,
                )
                for key in new
            ],
            batch_size=_AT_ONCE,
            ignore_conflicts=True,
        )
        found |= _known(record_type, new)
    return found


def _known(record_type: RecordType, keys: list[int]) -> dict[int, str]:
    rows = ExternalId.objects.filter(
        Among("record_id", keys), record_type=record_type.name
    )
    return dict(rows.order_by("-pk").values_list("record_id", "key"))
