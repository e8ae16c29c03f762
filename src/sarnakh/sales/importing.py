"""How quotations and their lines come in from files."""

from sarnakh.exchange.traits import ImportTraits
from sarnakh.sales.orders import actions

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
