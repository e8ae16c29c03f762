"""Categories of products; each knows the way down from its root."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.errors import CategoryCircle, CategoryTooDeep
from sarnakh.catalog.models import ProductCategory
from sarnakh.records import actions as plain
from sarnakh.records.types.record_type import Values

MAX_PATH = 200
_WRITERS = plain.plain_writers(ProductCategory)


@transaction.atomic
def create(values: Sequence[Values], *, by: Actor) -> list[ProductCategory]:
    """Make categories; one may lie in another that exists."""
    made: list[ProductCategory] = _WRITERS.create(values, by=by)
    for category in made:
        category.path = _path(category)
        category.save(update_fields=["path"])
    return made


@transaction.atomic
def change(
    category: ProductCategory, values: Values, *, seen: int | None = None, by: Actor
) -> ProductCategory:
    """Edit a category; what lies in it moves with it. A circle is refused."""
    before = ""

    def check(record: Any, changed: set[str]) -> None:
        nonlocal before
        if "parent" in changed:
            if record.parent and record.parent.path.startswith(record.path):
                raise CategoryCircle
            before, record.path = record.path, _path(record)

    category = plain.write(category, values, seen=seen, derive=check, by=by)
    if before:
        _move_below(category, before)
    return category


def _path(category: ProductCategory) -> str:
    parent = category.parent
    path = f"{parent.path if parent else '/'}{category.pk}/"
    if len(path) > MAX_PATH:
        raise CategoryTooDeep
    return path


def _move_below(category: ProductCategory, before: str) -> None:
    below = list(
        ProductCategory.objects.filter(path__startswith=before).exclude(pk=category.pk)
    )
    for one in below:
        one.path = category.path + one.path.removeprefix(before)
        if len(one.path) > MAX_PATH:
            raise CategoryTooDeep
    ProductCategory.objects.bulk_update(below, ["path"], batch_size=500)
