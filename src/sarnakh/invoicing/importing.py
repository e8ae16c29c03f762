"""How invoices, payments and journals come in from files."""

from sarnakh.exchange.traits import ImportTraits, Matcher

INVOICE_IMPORT = ImportTraits(
    matchers=(Matcher(field="number", column="number", key=str.strip),),
    template=("id", "customer", "invoice_date", "due_date", "reference", "salesperson"),
    example={"id": "inv.1", "customer": "آذر چوب", "invoice_date": "1405/06/20"},
    screens=("invoices",),
)
INVOICE_LINE_IMPORT = ImportTraits(
    template=(
        "id", "invoice", "product", "description", "quantity", "unit_price",
        "discount", "taxes",
    ),
    example={"id": "inv.1.1", "description": "میز", "quantity": "2"},
    screens=("invoice-lines",),
)  # fmt: skip
PAYMENT_IMPORT = ImportTraits(
    matchers=(
        Matcher(
            field="external_reference", column="external_reference", key=str.strip
        ),
    ),
    template=(
        "id", "customer", "date", "journal", "amount", "memo", "external_reference",
    ),
    example={"id": "pay.1", "customer": "آذر چوب", "amount": "1200000"},
    screens=("payments",),
)  # fmt: skip
JOURNAL_IMPORT = ImportTraits(
    matchers=(Matcher(field="code", column="code", key=str.strip),),
    template=("id", "name", "code", "kind"),
    example={"id": "journal.1", "name": "بانک ملت", "code": "MLT", "kind": "bank"},
    screens=("journals",),
)
