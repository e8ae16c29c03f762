"""How stock, warehouses and shipping methods come in from files."""

from sarnakh.exchange.traits import ImportTraits, Matcher

STOCK_IMPORT = ImportTraits(
    template=("id", "product", "warehouse", "on_hand"),
    example={"id": "stock.1", "on_hand": "25"},
    screens=("stock",),
)
WAREHOUSE_IMPORT = ImportTraits(
    matchers=(Matcher(field="name", column="name", key=str.strip),),
    template=("id", "name", "code", "company"),
    example={"id": "wh.1", "name": "انبار مرکزی", "code": "WH2"},
    screens=("warehouses",),
)
METHOD_IMPORT = ImportTraits(
    matchers=(Matcher(field="name", column="name", key=str.strip),),
    template=("id", "name", "provider", "product", "countries", "zip_prefixes"),
    example={"id": "ship.1", "name": "پیک موتوری"},
    screens=("shipping-methods",),
)
RULE_IMPORT = ImportTraits(
    template=(
        "id",
        "method",
        "variable",
        "operator",
        "value",
        "base_price",
        "factor_price",
        "factor",
    ),
    example={"id": "rule.1", "value": "5"},
)
