"""Variants of a family: made from its values, and kept in step with it.

A family's `values` are all that it comes in; a variant has one of each attribute
that makes variants. Values of the other attributes are chosen on the line.
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.errors import TooManyVariants
from sarnakh.catalog.models import AttributeValue, Product
from sarnakh.catalog.products.derived import derive
from sarnakh.catalog.products.links import link, relink
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.errors import InUse
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values

LIMIT = 500

# Always as the family has it; the name, price and company besides.
SHARED = (
    "kind", "category", "company", "is_sold", "unit", "invoice_policy", "lead_days",
    "sale_description", "warning", "warning_text", "is_rentable", "is_recurring",
    "tax_item_code",
)  # fmt: skip
SHARED_LINKS = ("taxes", "optional_products")
# As the family has it until somebody changes the variant's.
OWN = ("cost", "weight", "volume")
# What one may not write on a variant.
FIXED = frozenset({*SHARED, *SHARED_LINKS, "name", "price", "values"})

Combination = tuple[AttributeValue, ...]


@transaction.atomic
def sync(
    family: Product,
    *,
    by: Actor,
    old_values: Iterable[int] = (),
    old: Values | None = None,
    revives: bool = False,
) -> None:
    """Make, revive, archive and delete variants so that they fit the family's values.

    `old_values` are the ids of its values before; `old` its own fields before, which
    variants share until they differ. Archived variants come back when a value of
    theirs does, or all of them with `revives`.
    """
    wanted = combinations(family)
    keys = {_key(one): one for one in wanted}
    standing = {
        frozenset(value.pk for value in variant.values.all()): variant
        for variant in family.variants.select_related(
            "category", "company", "unit"
        ).prefetch_related("values")
    }
    _remove([one for key, one in standing.items() if key not in keys], by=by)
    before = frozenset(old_values)
    kept = [(standing[key], keys[key]) for key in keys if key in standing]
    back = {
        variant.pk
        for variant, values in kept
        if not variant.active and (revives or not _key(values) <= before)
    }
    _update(family, kept, by=by, old=old or {}, back=back)
    _make(family, [one for key, one in keys.items() if key not in standing], by=by)
    if family.has_variants != bool(wanted):
        family.has_variants = bool(wanted)
        Product.objects.filter(pk=family.pk).update(has_variants=bool(wanted))


@transaction.atomic
def follow(family: Product, *, by: Actor) -> None:
    """Names and prices of the variants after a value has changed."""
    sync(family, by=by, old_values=family.values.values_list("pk", flat=True))


def combinations(family: Product) -> list[Combination]:
    """One value of each attribute that makes variants; none without such values."""
    groups: dict[int, list[AttributeValue]] = {}
    ordered = family.values.filter(attribute__makes_variants=True).order_by(
        "attribute__sequence", "attribute_id", "sequence", "pk"
    )
    for value in ordered:
        groups.setdefault(value.attribute_id, []).append(value)
    count = math.prod(map(len, groups.values())) if groups else 0
    if count > LIMIT:
        raise TooManyVariants(count, LIMIT)
    return list(itertools.product(*groups.values())) if groups else []


def _key(values: Iterable[AttributeValue]) -> frozenset[int]:
    return frozenset(value.pk for value in values)


def _shape(variant: Product, family: Product, values: Combination) -> None:
    """Give a variant everything that it does not decide itself."""
    for name in SHARED:
        setattr(variant, name, getattr(family, name))
    variant.family = family
    inside = ", ".join(value.name for value in values)
    variant.name = f"{family.name} ({inside})"[:200]
    variant.price_extra = sum((value.price_extra for value in values), Decimal(0))
    variant.price = family.price + variant.price_extra
    derive(variant)


def _make(family: Product, wanted: Sequence[Combination], *, by: Actor) -> None:
    if not wanted:
        return
    made = []
    for values in wanted:
        variant = Product(active=family.active)
        for name in OWN:
            setattr(variant, name, getattr(family, name))
        plain.stamp(variant, by=by)
        _shape(variant, family, values)
        made.append(variant)
    Product.objects.bulk_create(made, batch_size=500)
    link("values", {v.pk: _ids(c) for v, c in zip(made, wanted, strict=True)})
    for name in SHARED_LINKS:
        ids = _ids(getattr(family, name).all())
        link(name, {variant.pk: ids for variant in made})
    described = by_model(Product)
    changes.log_many(
        [changes.entry(one, described, by=by, event="created") for one in made]
    )


def _update(
    family: Product,
    kept: Sequence[tuple[Product, Combination]],
    *,
    by: Actor,
    old: Values,
    back: set[int],
) -> None:
    """Write what differs, with one row of history for each variant that does."""
    described = by_model(Product)
    written, history = [], []
    columns = {"version", "updated_by_id"}
    for variant, values in kept:
        before = {name: getattr(variant, name) for name in _LOGGED}
        stored = {f.attname: getattr(variant, f.attname) for f in _columns()}
        for name in OWN:
            if name in old and getattr(variant, name) == old[name]:
                setattr(variant, name, getattr(family, name))
        _shape(variant, family, values)
        variant.active = variant.pk in back or (variant.active and family.active)
        differing = {
            name for name, value in stored.items() if getattr(variant, name) != value
        }
        if not differing:
            continue
        columns |= differing
        variant.version += 1
        variant.updated_by = by.user
        written.append(variant)
        shown = {
            name: [
                changes.plain(described.fields[name], before[name]),
                changes.plain(described.fields[name], getattr(variant, name)),
            ]
            for name in _LOGGED
            if before[name] != getattr(variant, name)
        }
        history.append(
            changes.entry(variant, described, by=by, event="edited", values=shown)
        )
    names = [field.name for field in _columns() if field.attname in columns]
    Product.objects.bulk_update(written, names, batch_size=500)
    changes.log_many(history)
    for name in SHARED_LINKS if kept else ():
        ids = _ids(getattr(family, name).all())
        relink(name, [variant.pk for variant, _values in kept], ids)


def _remove(unwanted: Sequence[Product], *, by: Actor) -> None:
    """Delete what nobody used, archive the rest."""
    for variant in unwanted:
        try:
            plain.delete([variant], by=by)
        except InUse:
            plain.write(variant, {"active": False}, by=by)


def _ids(records: Iterable[Any]) -> list[int]:
    return [record.pk for record in records]


def _columns() -> list[Any]:
    skip = {"created_at", "updated_at"}
    return [field for field in Product._meta.fields if field.name not in skip]


_LOGGED = ("name", "kind", "category", "company", "is_sold", "price", "cost", "unit",
           "active")  # fmt: skip
