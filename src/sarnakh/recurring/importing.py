"""How plans, prices, reasons and subscriptions come in from files."""

from sarnakh.exchange.traits import ImportTraits, Matcher

PLAN_IMPORT = ImportTraits(
    matchers=(Matcher(field="name", column="name", key=str.strip),),
    screens=("billing-plans",),
    template=("id", "name", "count", "unit", "is_aligned", "invoice_mode",
              "close_after_days"),
    example={"id": "plan.m", "name": "ماهانه", "count": "1", "unit": "month"},
)  # fmt: skip
PRICE_IMPORT = ImportTraits(
    template=("plan", "product", "pricelist", "price"),
    example={"plan": "ماهانه", "product": "پشتیبانی", "price": "3100000"},
)
REASON_IMPORT = ImportTraits(
    matchers=(Matcher(field="name", column="name", key=str.strip),),
    screens=("close-reasons",),
    template=("id", "name", "is_public"),
    example={"id": "reason.1", "name": "گران بودن"},
)
SUBSCRIPTION_IMPORT = ImportTraits(
    screens=("subscriptions",),
    template=("order", "plan", "starts_on", "ends_on"),
    example={"order": "S00001", "plan": "ماهانه"},
)
