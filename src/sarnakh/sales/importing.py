"""How quotations and their lines come in from files."""

from sarnakh.exchange.traits import ImportTraits
from sarnakh.sales.orders import actions
from sarnakh.sales.promotions import programs

ORDER_IMPORT = ImportTraits(
    fixed=("company", "salesperson", "team", "pricelist", "tags", "template"),
    create=actions.create_quietly,
    screens=("quotations", "orders"),
    template=(
        "id", "customer", "expires_on", "salesperson", "team", "pricelist",
        "payment_term", "customer_reference", "origin", "tags", "note",
    ),
    example={
        "id": "sale.1001",
        "customer": "بازرگانی آریا",
        "customer_reference": "درخواست ۱۲",
        "tags": "نمایشگاه",
    },
)  # fmt: skip
LINE_IMPORT = ImportTraits(
    template=(
        "order", "product", "description", "quantity", "unit", "unit_price",
        "discount", "taxes",
    ),
    example={
        "order": "S00001",
        "product": "صندلی اداری",
        "quantity": "4",
        "unit_price": "1600000",
        "discount": "5",
    },
)  # fmt: skip
TERMS_IMPORT = ImportTraits(
    fixed=("company", "pricelist", "payment_term"),
    screens=("customer-terms",),
    template=("contact", "company", "pricelist", "payment_term", "credit_limit"),
    example={"contact": "بازرگانی آریا"},
)
PROGRAM_IMPORT = ImportTraits(
    create=programs.create_bare,
    fixed=("company", "pricelists"),
    screens=("promotion-programs",),
    template=("id", "name", "type", "currency", "starts_on", "ends_on", "usage_limit"),
    example={"id": "promo.1", "name": "تخفیف نوروزی", "type": "promotion"},
)
PROMOTION_RULE_IMPORT = ImportTraits(
    fixed=("program",),
    template=(
        "id", "program", "products", "categories", "minimum_quantity",
        "minimum_amount", "includes_tax", "points", "per", "code",
    ),
    example={"id": "promo.r1", "code": "NOWRUZ", "minimum_amount": "5000000"},
)  # fmt: skip
REWARD_IMPORT = ImportTraits(
    fixed=("program",),
    template=(
        "id", "program", "kind", "mode", "scope", "percent", "amount", "max_amount",
        "products", "quantity", "required_points", "description",
    ),
    example={"id": "promo.w1", "kind": "discount", "mode": "percent",
             "percent": "10"},
)  # fmt: skip
COUPON_IMPORT = ImportTraits(
    fixed=("program",),
    screens=("coupons",),
    template=("id", "program", "code", "points", "expires_on", "customer"),
    example={"id": "coupon.1", "code": "NOWRUZ-1001", "points": "1"},
)
