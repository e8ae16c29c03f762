"""What taxes, payment terms, rates and roundings are."""

from django.utils.translation import gettext_lazy as _

from sarnakh.money import access, writing
from sarnakh.money.models import (
    CashRounding,
    CurrencyRate,
    FiscalPosition,
    PaymentTerm,
    PaymentTermLine,
    Tax,
    TaxGroup,
    TaxMapping,
)
from sarnakh.money.taxes import actions as taxes
from sarnakh.money.terms import actions as terms
from sarnakh.records import actions as plain
from sarnakh.records.types import (
    Filter,
    PeriodFilter,
    RecordType,
    Search,
    Writers,
    describe,
)

ARCHIVED = Filter(
    name="archived", label=_("Archived"), condition=[["active", "=", False]], block=9
)
TRACKED = {"is_tracked": True}

TAXES = RecordType(
    name="taxes",
    model=Tax,
    label=_("Tax"),
    label_plural=_("Taxes"),
    access=access.TAXES,
    fields=describe(
        Tax,
        "name",
        "company",
        "use",
        "scope",
        "kind",
        "amount",
        "group",
        "children",
        "label",
        "is_included",
        "affects_later",
        "accepts_earlier",
        "treatment",
        "series",
        "valid_from",
        "valid_until",
        "sequence",
        "active",
        "created_at",
        "updated_at",
        targets={"company": "companies", "group": "tax-groups", "children": "taxes"},
        name=TRACKED,
        company={"required": False},
        group={"required": False},
        kind=TRACKED,
        amount={
            **TRACKED,
            "help": _("Per cent; for a fixed tax the amount for one unit."),
        },
        is_included=TRACKED,
        series={
            "help": _(
                "Taxes of one series follow each other: new lines take the one that "
                "is valid on the date of their document."
            ),
        },
        valid_from=TRACKED,
        valid_until=TRACKED,
        active=TRACKED,
    ),
    writers=Writers(create=taxes.create, change=taxes.change, delete=taxes.delete),
    order=("sequence", "pk"),
    active="active",
    company="company",
    search=(
        Search(name="text", label=_("Tax"), fields=("name", "label")),
        Search(name="series", label=_("Series"), fields=("series",)),
        Search(name="group", label=_("Tax group"), fields=("group",)),
    ),
    filters=(
        Filter(name="sale", label=_("Sales"), condition=[["use", "=", "sale"]]),
        Filter(
            name="purchase",
            label=_("Purchases"),
            condition=[["use", "=", "purchase"]],
        ),
        ARCHIVED,
    ),
    periods=(
        PeriodFilter(
            name="valid-from", label=_("Valid from"), field="valid_from", block=1
        ),
    ),
    has_discussion=True,
    is_importable=True,
)

TAX_GROUPS = RecordType(
    name="tax-groups",
    model=TaxGroup,
    label=_("Tax group"),
    label_plural=_("Tax groups"),
    access=access.TAX_GROUPS,
    fields=describe(
        TaxGroup,
        "name",
        "sequence",
        "preceding_subtotal",
        preceding_subtotal={
            "help": _("The sum so far is shown under this name before the group."),
        },
    ),
    writers=plain.plain_writers(TaxGroup),
    order=("sequence", "pk"),
    search=(Search(name="text", label=_("Tax group"), fields=("name",)),),
    quick_values=lambda name, actor: {"name": name},
    is_importable=True,
)

POSITIONS = RecordType(
    name="fiscal-positions",
    model=FiscalPosition,
    label=_("Fiscal position"),
    label_plural=_("Fiscal positions"),
    access=access.POSITIONS,
    fields=describe(
        FiscalPosition,
        "name",
        "company",
        "is_automatic",
        "countries",
        "state",
        "zip_from",
        "zip_to",
        "needs_tax_number",
        "note",
        "sequence",
        "active",
        "created_at",
        targets={"company": "companies"},
        name=TRACKED,
        company={"required": False},
        is_automatic={
            "help": _("Chosen by the delivery address when nobody has set another."),
        },
        countries={
            "help": _("Names or codes with commas between them; empty for all."),
        },
        needs_tax_number={
            "help": _("Only for customers with a tax number, and tried first."),
        },
    ),
    writers=Writers(
        create=taxes.create_positions,
        change=taxes.change_position,
        delete=plain.delete,
    ),
    order=("sequence", "pk"),
    active="active",
    company="company",
    search=(
        Search(name="text", label=_("Fiscal position"), fields=("name",)),
        Search(name="country", label=_("Countries"), fields=("countries",)),
    ),
    filters=(
        Filter(
            name="automatic",
            label=_("Found automatically"),
            condition=[["is_automatic", "=", True]],
        ),
        ARCHIVED,
    ),
    is_importable=True,
)

MAPPINGS = RecordType(
    name="tax-mappings",
    model=TaxMapping,
    label=_("Tax mapping"),
    label_plural=_("Tax mappings"),
    access=access.MAPPINGS,
    fields=describe(
        TaxMapping,
        "position",
        "source",
        "destination",
        targets={
            "position": "fiscal-positions",
            "source": "taxes",
            "destination": "taxes",
        },
        source={"help": _("Counts for all taxes of its series.")},
        destination={"help": _("Empty: the tax falls away.")},
    ),
    writers=taxes.MAPPING_WRITERS,
    title="source",
    order=("position__sequence", "position_id", "pk"),
    search=(
        Search(name="text", label=_("Tax"), fields=("source", "destination")),
        Search(name="position", label=_("Fiscal position"), fields=("position",)),
    ),
    is_importable=True,
)

TERMS = RecordType(
    name="payment-terms",
    model=PaymentTerm,
    label=_("Payment terms"),
    label_plural=_("Payment terms"),
    access=access.TERMS,
    fields=describe(
        PaymentTerm,
        "name",
        "company",
        "note",
        "early_percent",
        "early_days",
        "early_tax",
        "sequence",
        "active",
        "created_at",
        targets={"company": "companies"},
        name=TRACKED,
        early_percent={
            **TRACKED,
            "help": _("For terms of a single part only."),
        },
        early_tax={
            "help": _(
                "“On early payment” reduces the tax together with the price, “never” "
                "leaves it, “always” invoices it on the reduced price at once."
            ),
        },
    ),
    writers=Writers(create=terms.create, change=terms.change, delete=plain.delete),
    order=("sequence", "pk"),
    active="active",
    company="company",
    search=(Search(name="text", label=_("Payment terms"), fields=("name",)),),
    filters=(ARCHIVED,),
    is_importable=True,
)

TERM_LINES = RecordType(
    name="payment-term-lines",
    model=PaymentTermLine,
    label=_("Part of payment terms"),
    label_plural=_("Parts of payment terms"),
    access=access.TERM_LINES,
    fields=describe(
        PaymentTermLine,
        "term",
        "sequence",
        "kind",
        "percent",
        "amount",
        "days",
        "delay",
        targets={"term": "payment-terms"},
    ),
    writers=Writers(
        create=terms.create_lines, change=terms.change_line, delete=plain.delete
    ),
    title="term",
    order=("term__sequence", "term_id", "sequence", "pk"),
    currency="term.company.currency",
    search=(Search(name="text", label=_("Payment terms"), fields=("term",)),),
    is_importable=True,
)

RATES = RecordType(
    name="currency-rates",
    model=CurrencyRate,
    label=_("Currency rate"),
    label_plural=_("Currency rates"),
    access=access.RATES,
    fields=describe(
        CurrencyRate,
        "currency",
        "date",
        "price",
        "company",
        "created_at",
        targets={"company": "companies"},
        price={
            "decimals": 12,
            "help": _("What one unit costs in the company's currency."),
        },
        company={
            "help": _("Empty: shared rates, all quoted in one and the same currency."),
        },
    ),
    writers=writing.RATE_WRITERS,
    title="currency",
    order=("-date", "currency", "pk"),
    company="company",
    search=(Search(name="text", label=_("Currency"), fields=("currency",)),),
    periods=(PeriodFilter(name="date", label=_("From"), field="date"),),
    is_importable=True,
)

ROUNDINGS = RecordType(
    name="cash-roundings",
    model=CashRounding,
    label=_("Cash rounding"),
    label_plural=_("Cash roundings"),
    access=access.ROUNDINGS,
    fields=describe(
        CashRounding,
        "name",
        "step",
        "method",
        "strategy",
        "active",
        step={"help": _("Totals become multiples of this amount.")},
    ),
    writers=writing.ROUNDING_WRITERS,
    active="active",
    search=(Search(name="text", label=_("Name"), fields=("name",)),),
    filters=(ARCHIVED,),
    is_importable=True,
)
