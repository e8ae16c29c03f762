"""Many links of many products, in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from typing import Any

from sarnakh.catalog.models import Product


def link(name: str, wanted: Mapping[int, Sequence[int]]) -> None:
    """Add links: ids for each product."""
    through, source, target = _through(name)
    through._default_manager.bulk_create(
        [
            through(**{source: pk, target: linked})
            for pk, ids in wanted.items()
            for linked in dict.fromkeys(ids)
        ],
        batch_size=1_000,
    )


def relink(name: str, keys: Sequence[int], ids: Sequence[int]) -> None:
    """Give all of the products exactly these links, if any has others."""
    through, source, target = _through(name)
    rows = through._default_manager.filter(**{f"{source}__in": keys})
    present = set(rows.values_list(source, target))
    if present != {(pk, linked) for pk in keys for linked in ids}:
        rows.delete()
        link(name, dict.fromkeys(keys, ids))


def _through(name: str) -> tuple[Any, str, str]:
    field: Any = Product._meta.get_field(name)
    through = field.remote_field.through
    return (
        through,
        through._meta.get_field(field.m2m_field_name()).attname,
        through._meta.get_field(field.m2m_reverse_field_name()).attname,
    )
