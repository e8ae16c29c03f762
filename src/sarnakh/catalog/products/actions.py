"""Create, change and delete products."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.catalog import usage
from sarnakh.catalog.access import PRODUCTS
from sarnakh.catalog.errors import KindIsFixed, SetOnFamily, SoldElsewhere, UnitIsFixed
from sarnakh.catalog.models import Product
from sarnakh.catalog.products import variants
from sarnakh.catalog.products.defaults import defaults
from sarnakh.catalog.products.derived import derive
from sarnakh.catalog.products.links import link
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.errors import InvalidValues
from sarnakh.records.kinds import Kind
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values

LINKS = ("taxes", "optional_products", "values")


def create_quickly(name: str, *, by: Actor) -> Product:
    """A product from its name alone, as typed on an order line: a consumable for
    sale at 1, with the company's tax, unit and policy. Needs the right to create."""
    if not PRODUCTS.allows(by, "create"):
        raise PermissionDenied
    return create([{"name": name}], by=by)[0]


@transaction.atomic
def create(values: Sequence[Values], *, by: Actor) -> list[Product]:
    """Make products, however many, with a fixed number of statements; those whose
    values make variants bring their variants."""
    product_type = by_model(Product)
    missing = defaults(by.company)
    complete = [missing | _given(one) for one in values]
    made = []
    for one in complete:
        product = Product(**_columns(one))
        plain.stamp(product, by=by)
        derive(product)
        made.append(product)
    Product.objects.bulk_create(made, batch_size=500)
    for name in LINKS:
        pairs = zip(made, complete, strict=True)
        link(name, {product.pk: one.get(name) or () for product, one in pairs})
    changes.log_many(
        [changes.entry(one, product_type, by=by, event="created") for one in made]
    )
    for product, one in zip(made, complete, strict=True):
        if one.get("values"):
            variants.sync(product, by=by)
    return made


@transaction.atomic
def change(
    product: Product, values: Values, *, seen: int | None = None, by: Actor
) -> Product:
    """Edit a product; variants follow their family. Once sold, its type stays and it
    cannot be kept from the companies that sold it."""
    if "unit" in values and not values["unit"]:
        raise InvalidValues({"unit": _("This field is required.")})
    touched: set[str] = set()
    old: Values = {name: getattr(product, name) for name in variants.OWN}
    had = list(product.values.values_list("pk", flat=True))

    def check(record: Any, changed: set[str]) -> None:
        touched.update(changed)
        if record.family_id and changed & variants.FIXED:
            raise SetOnFamily(record.family)
        _refuse_when_sold(record, changed)
        derive(record)

    values = _with_hidden_taxes(product, values, by)
    product = plain.write(product, values, seen=seen, derive=check, by=by)
    if not product.family_id and (
        "values" in touched or (touched and product.has_variants)
    ):
        revives = "active" in touched and product.active
        variants.sync(product, by=by, old=old, old_values=had, revives=revives)
    return product


def _given(values: Values) -> Values:
    """What was said; a unit left empty was not."""
    return {k: v for k, v in values.items() if v is not None or k != "unit"}


def _columns(values: Values) -> Values:
    """Keyword arguments for a new product; links stay ids, unlooked at."""
    fields = by_model(Product).fields
    found: Values = {}
    for name, value in values.items():
        if name in LINKS:
            continue
        source: Any = Product._meta.get_field(fields[name].column)
        if fields[name].kind == Kind.LINK and isinstance(value, int):
            found[source.attname] = value
        elif value is None and not source.null:
            found[name] = source.get_default()
        else:
            found[name] = value
    return found


def _refuse_when_sold(product: Product, changed: set[str]) -> None:
    if not changed & {"kind", "company", "unit"}:
        return
    stored = Product.objects.select_related("unit").get(pk=product.pk)
    keys = [product.pk, *product.variants.values_list("pk", flat=True)]
    sellers = usage.companies(keys)
    if not sellers:
        return
    if "kind" in changed:
        raise KindIsFixed(stored)
    if "unit" in changed and product.unit.category_id != stored.unit.category_id:
        raise UnitIsFixed(stored)
    if product.company_id and sellers - {product.company_id}:
        raise SoldElsewhere(stored)


def _with_hidden_taxes(product: Product, values: Values, by: Actor) -> Values:
    """Each company has its own taxes on a shared product: whoever sets theirs leaves
    alone those of companies that they do not see."""
    if "taxes" not in values:
        return values
    hidden = product.taxes.exclude(company__in=by.company_ids)
    kept = list(hidden.values_list("pk", flat=True))
    return values | {"taxes": [*dict.fromkeys([*(values["taxes"] or []), *kept])]}
