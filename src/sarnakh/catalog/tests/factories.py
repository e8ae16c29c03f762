"""Products for tests, and what they are measured and sorted by."""

from itertools import count
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import (
    Attribute,
    AttributeValue,
    Packaging,
    Product,
    ProductCategory,
    Unit,
    UnitCategory,
)
from sarnakh.catalog.products import actions as products
from sarnakh.catalog.seed import seed_units

_numbers = count(1)


def make_units() -> dict[str, Unit]:
    """The shipped units by their English names."""
    if not UnitCategory.objects.exists():
        seed_units("en")
    return {unit.name: unit for unit in Unit.objects.select_related("category")}


def make_product(by: Actor, **values: Any) -> Product:
    """A product that anybody may sell."""
    make_units()
    return products.create([{"name": f"Product {next(_numbers)}", **values}], by=by)[0]


def make_category(
    name: str = "", parent: ProductCategory | None = None
) -> ProductCategory:
    """A drawer, with its path."""
    category = ProductCategory.objects.create(
        name=name or f"Category {next(_numbers)}", parent=parent
    )
    category.path = f"{parent.path if parent else '/'}{category.pk}/"
    category.save()
    return category


def make_attribute(name: str, *values: str, **more: Any) -> list[AttributeValue]:
    """An attribute with values; `values` may say what they add: "Red+500"."""
    attribute = Attribute.objects.create(name=name, **more)
    for place, text in enumerate(values):
        called, _plus, extra = text.partition("+")
        AttributeValue.objects.create(
            attribute=attribute, name=called, price_extra=extra or 0, sequence=place
        )
    return list(AttributeValue.objects.filter(attribute=attribute))


def samples(by: Actor) -> dict[str, Any]:
    """One record of every type of this room."""
    units = make_units()
    product = make_product(by, name="Chair")
    value = make_attribute("Colour", "Red")[0]
    return {
        "products": product,
        "product-categories": make_category("Furniture"),
        "units": units["Unit"],
        "unit-categories": units["Unit"].category,
        "attributes": value.attribute,
        "attribute-values": value,
        "packagings": Packaging.objects.create(
            product=product, name="Box", quantity=24
        ),
    }
