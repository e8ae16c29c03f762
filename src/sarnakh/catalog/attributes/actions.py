"""Attributes and their values; products that use them follow."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.errors import AttributeInUse
from sarnakh.catalog.models import Attribute, AttributeValue, Product
from sarnakh.catalog.products import variants
from sarnakh.records import actions as plain
from sarnakh.records.errors import InUse
from sarnakh.records.types.record_type import Values

_USED = Product.values.through


@transaction.atomic
def change(
    attribute: Attribute, values: Values, *, seen: int | None = None, by: Actor
) -> Attribute:
    """Edit an attribute; whether it makes variants stays once a product has it."""

    def check(record: Any, changed: set[str]) -> None:
        if "makes_variants" in changed and _uses(attributevalue__attribute=record):
            raise AttributeInUse(record)

    changed: Attribute = plain.write(attribute, values, seen=seen, derive=check, by=by)
    return changed


@transaction.atomic
def delete(attributes: Sequence[Attribute], *, by: Actor) -> None:
    """Delete attributes with their values; none that a product has."""
    for attribute in attributes:
        if count := _uses(attributevalue__attribute=attribute):
            raise InUse(str(attribute), count)
    plain.delete(attributes, by=by)


@transaction.atomic
def change_value(
    value: AttributeValue, values: Values, *, seen: int | None = None, by: Actor
) -> AttributeValue:
    """Edit a value; variants that have it get its name and what it adds."""
    touched: set[str] = set()

    def check(record: Any, changed: set[str]) -> None:
        touched.update(changed)
        if "attribute" in changed and _uses(attributevalue=record):
            raise AttributeInUse(record)

    value = plain.write(value, values, seen=seen, derive=check, by=by)
    if touched & {"name", "price_extra"}:
        families = Product.objects.filter(values=value, has_variants=True)
        for family in families.order_by("pk"):
            variants.follow(family, by=by)
    return value


@transaction.atomic
def delete_values(values: Sequence[AttributeValue], *, by: Actor) -> None:
    """Delete values that no product has."""
    for value in values:
        if count := _uses(attributevalue=value):
            raise InUse(str(value), count)
    plain.delete(values, by=by)


def _uses(**which: Any) -> int:
    return _USED._default_manager.filter(**which).count()
