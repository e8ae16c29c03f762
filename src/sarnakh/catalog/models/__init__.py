"""Products, their categories, units and variants."""

from sarnakh.catalog.models.attribute import Attribute, AttributeValue
from sarnakh.catalog.models.product import Packaging, Product, ProductCategory
from sarnakh.catalog.models.unit import Unit, UnitCategory

__all__ = [
    "Attribute",
    "AttributeValue",
    "Packaging",
    "Product",
    "ProductCategory",
    "Unit",
    "UnitCategory",
]
