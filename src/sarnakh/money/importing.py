"""How taxes, terms and rates come in from files."""

from sarnakh.exchange.traits import ImportTraits, Matcher

_NAME = (Matcher(field="name", column="name", key=str.strip),)

TAX_IMPORT = ImportTraits(
    matchers=_NAME,
    fixed=("company", "use", "group"),
    template=("id", "name", "kind", "amount", "group", "label", "is_included",
              "series", "valid_from", "valid_until"),
    example={"id": "tax.vat12", "name": "ارزش افزوده ۱۲٪", "amount": "12",
             "series": "vat"},
)  # fmt: skip
TAX_GROUP_IMPORT = ImportTraits(
    matchers=_NAME,
    template=("id", "name", "sequence", "preceding_subtotal"),
    example={"id": "tax.group1", "name": "ارزش افزوده"},
)
POSITION_IMPORT = ImportTraits(
    matchers=_NAME,
    fixed=("company",),
    template=("id", "name", "is_automatic", "countries", "state", "zip_from", "zip_to"),
    example={"id": "tax.export", "name": "صادرات", "countries": "AE, IQ"},
)
MAPPING_IMPORT = ImportTraits(
    fixed=("position",),
    template=("id", "position", "source", "destination"),
    example={"position": "صادرات", "destination": "نرخ صفر"},
)
TERM_IMPORT = ImportTraits(
    matchers=_NAME,
    fixed=("company",),
    template=("id", "name", "note", "early_percent", "early_days"),
    example={"id": "term.60", "name": "۶۰ روزه"},
)
TERM_LINE_IMPORT = ImportTraits(
    fixed=("term",),
    template=("id", "term", "kind", "percent", "days", "delay"),
    example={"term": "۶۰ روزه", "percent": "100", "days": "60"},
)
RATE_IMPORT = ImportTraits(
    fixed=("company", "currency"),
    template=("id", "currency", "date", "price", "company"),
    example={"currency": "USD", "price": "600000"},
)
ROUNDING_IMPORT = ImportTraits(
    matchers=_NAME,
    template=("id", "name", "step", "method", "strategy"),
    example={"name": "هزار ریال", "step": "1000"},
)
IMPORTS = {
    "taxes": TAX_IMPORT,
    "tax-groups": TAX_GROUP_IMPORT,
    "fiscal-positions": POSITION_IMPORT,
    "tax-mappings": MAPPING_IMPORT,
    "payment-terms": TERM_IMPORT,
    "payment-term-lines": TERM_LINE_IMPORT,
    "currency-rates": RATE_IMPORT,
    "cash-roundings": ROUNDING_IMPORT,
}
