"""How products and what belongs to them come in from files."""

from sarnakh.exchange.traits import ImportTraits, Matcher
from sarnakh.lib import text

BY_NAME = (Matcher(field="name", column="name", key=text.clean),)

PRODUCT_IMPORT = ImportTraits(
    matchers=(
        Matcher(field="reference", column="reference", key=str.strip),
        Matcher(field="barcode", column="barcode", key=str.strip),
        *BY_NAME,
    ),
    fixed=("kind", "category", "unit", "taxes", "is_sold"),
    template=(
        "id", "name", "kind", "reference", "barcode", "category", "price", "cost",
        "unit", "taxes", "invoice_policy", "weight", "volume", "sale_description",
    ),
    example={
        "id": "shop.p1",
        "name": "میز چوبی",
        "reference": "T-100",
        "price": "1200000",
    },
)  # fmt: skip
CATEGORY_IMPORT = ImportTraits(
    matchers=BY_NAME,
    template=("id", "name", "parent"),
    example={"id": "shop.c1", "name": "مبلمان"},
)
UNIT_CATEGORY_IMPORT = ImportTraits(
    matchers=BY_NAME, template=("id", "name"), example={"name": "طول"}
)
UNIT_IMPORT = ImportTraits(
    matchers=BY_NAME,
    fixed=("category",),
    template=("id", "name", "category", "size", "ratio", "rounding"),
    example={"id": "shop.u1", "name": "کارتن", "ratio": "24"},
)
ATTRIBUTE_IMPORT = ImportTraits(
    matchers=BY_NAME,
    template=("id", "name", "makes_variants"),
    example={"id": "shop.a1", "name": "رنگ"},
)
VALUE_IMPORT = ImportTraits(
    fixed=("attribute",),
    template=("id", "attribute", "name", "price_extra"),
    example={"id": "shop.v1", "attribute": "رنگ", "name": "قرمز"},
)
PACKAGING_IMPORT = ImportTraits(
    fixed=("product",),
    template=("id", "product", "name", "quantity"),
    example={"id": "shop.k1", "name": "کارتن", "quantity": "24"},
)
