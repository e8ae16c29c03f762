"""How rental prices and terms come in from files."""

from sarnakh.exchange.traits import ImportTraits

RENTAL_IMPORT = ImportTraits(
    fixed=("company", "salesperson"),
    screens=("rentals",),
    template=("id", "customer", "starts_at", "returns_at", "salesperson"),
    example={"id": "rent.1", "customer": "بازرگانی آریا"},
)
PRICE_IMPORT = ImportTraits(
    screens=("rental-prices",),
    template=("id", "product", "duration", "unit", "price", "pricelist"),
    example={"id": "rentprice.1", "duration": "1", "price": "520000"},
)
TERMS_IMPORT = ImportTraits(
    screens=("rental-terms",),
    template=("id", "product", "day_fee", "hour_fee", "padding_hours", "min_hours"),
    example={"id": "rentterms.1", "day_fee": "200000", "hour_fee": "30000"},
)
