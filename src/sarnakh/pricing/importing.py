"""How price lists and their rules come in from files."""

from sarnakh.exchange.traits import ImportTraits, Matcher
from sarnakh.lib import text

PRICELIST_IMPORT = ImportTraits(
    matchers=(Matcher(field="name", column="name", key=text.clean),),
    template=("id", "name", "currency", "countries", "discount_policy", "company"),
    example={"id": "price.l1", "name": "عمده‌فروشی", "currency": "IRR"},
)
RULE_IMPORT = ImportTraits(
    fixed=("pricelist",),
    template=(
        "id", "pricelist", "product", "category", "min_quantity", "computation",
        "fixed_price", "percent", "base", "base_pricelist", "rounding_step",
        "surcharge", "min_margin", "max_margin", "starts_at", "ends_at",
    ),
    example={"id": "price.r1", "product": "میز چوبی", "fixed_price": "1200000"},
)  # fmt: skip
