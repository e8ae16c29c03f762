"""What a new document is made of, in plain words."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sarnakh.accounts.models import Company, User
from sarnakh.catalog.models import Product, Unit
from sarnakh.contacts.models import Contact
from sarnakh.invoicing.models import Invoice, Journal
from sarnakh.money.models import CashRounding, FiscalPosition, PaymentTerm
from sarnakh.sources.models import Campaign, Medium, Source
from sarnakh.teams.models import Team


@dataclass(frozen=True, kw_only=True)
class LineDraft:
    """One line. `taxes` are ids; corrections are added to what is computed."""

    kind: str = "product"
    description: str = ""
    product: Product | None = None
    unit: Unit | None = None
    quantity: Decimal = Decimal(1)
    unit_price: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    taxes: tuple[int, ...] = ()
    base_correction: int = 0
    tax_correction: int = 0
    is_downpayment: bool = False


@dataclass(frozen=True, kw_only=True)
class InvoiceDraft:
    """A document with its lines. What is left out takes the company's defaults;
    who sold it and where it came from may be numbers."""

    company: Company
    customer: Contact
    lines: tuple[LineDraft, ...]
    kind: str = Invoice.Kind.INVOICE
    currency: str = ""
    journal: Journal | None = None
    delivery_address: Contact | None = None
    invoice_date: dt.date | None = None
    accounting_date: dt.date | None = None
    due_date: dt.date | None = None
    payment_term: PaymentTerm | None = None
    fiscal_position: FiscalPosition | None = None
    cash_rounding: CashRounding | None = None
    salesperson: User | int | None = None
    team: Team | None = None
    campaign: Campaign | int | None = None
    medium: Medium | int | None = None
    source: Source | int | None = None
    referrer: Contact | int | None = None
    payment_reference: str = ""
    reference: str = ""
    origin: str = ""
    note: str = ""
    reason: str = ""
    reversal_of: Invoice | None = None
