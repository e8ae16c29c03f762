"""Columns of a product that follow from what was typed."""

from typing import Any

from django.utils.translation import gettext as _

from sarnakh.catalog.models import Product
from sarnakh.lib import text
from sarnakh.records.errors import InvalidValues

_NUMBERS = ("price", "cost", "weight", "volume")


def derive(product: Product) -> None:
    """Fill the columns for searching and sorting; refuse numbers below zero."""
    for name in _NUMBERS:
        source: Any = Product._meta.get_field(name)
        setattr(product, name, source.to_python(getattr(product, name)))
    negative = [name for name in _NUMBERS if getattr(product, name) < 0]
    if negative:
        raise InvalidValues(dict.fromkeys(negative, _("This cannot be negative.")))
    product.sort_key = text.sort_key(product.name)[:300]
    product.search_text = text.search_text(
        product.name, product.reference, product.barcode, product.tax_item_code
    )
