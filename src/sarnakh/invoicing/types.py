"""What invoices, payments and journals are."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.invoicing import access
from sarnakh.invoicing.invoices import actions
from sarnakh.invoicing.journals import actions as journals
from sarnakh.invoicing.lines import actions as lines
from sarnakh.invoicing.models import (
    Allocation,
    Invoice,
    InvoiceLine,
    Journal,
    Payment,
)
from sarnakh.invoicing.payments import actions as payments
from sarnakh.records import actions as plain
from sarnakh.records.types import (
    Filter,
    PeriodFilter,
    RecordType,
    Search,
    Writers,
    describe,
)

TRACKED = {"is_tracked": True}
OPEN = [["state", "=", "posted"], ["payment_state", "in", ["not-paid", "partial"]]]


def _refuse(*_args: Any, **_kwargs: Any) -> Any:
    """Allocations are made by paying and taken back by their command."""
    raise PermissionError


INVOICES = RecordType(
    name="invoices",
    model=Invoice,
    label=_("Invoice"),
    label_plural=_("Invoices"),
    access=access.INVOICES,
    fields=describe(
        Invoice,
        "number",
        "kind",
        "state",
        "payment_state",
        "customer",
        "delivery_address",
        "invoice_date",
        "due_date",
        "payment_term",
        "accounting_date",
        "journal",
        "currency",
        "rate",
        "payment_reference",
        "reference",
        "origin",
        "salesperson",
        "team",
        "company",
        "campaign",
        "medium",
        "source",
        "referrer",
        "fiscal_position",
        "cash_rounding",
        "reversal_of",
        "reason",
        "note",
        "untaxed",
        "tax",
        "rounding",
        "total",
        "residual",
        "company_untaxed",
        "company_total",
        "company_residual",
        "posts_on",
        "posted_at",
        "sent_at",
        "created_at",
        "created_by",
        "updated_at",
        "activity_today_from",
        "activity_overdue_from",
        targets={
            "customer": "contacts",
            "delivery_address": "contacts",
            "referrer": "contacts",
            "payment_term": "payment-terms",
            "journal": "journals",
            "salesperson": "users",
            "created_by": "users",
            "team": "teams",
            "company": "companies",
            "campaign": "campaigns",
            "medium": "mediums",
            "source": "sources",
            "fiscal_position": "fiscal-positions",
            "cash_rounding": "cash-roundings",
            "reversal_of": "invoices",
        },
        # The company's first sale journal, when none is given.
        journal={"required": False},
        company={"required": False},
        state=TRACKED,
        number=TRACKED,
        payment_state=TRACKED,
        customer=TRACKED,
        invoice_date=TRACKED,
        due_date=TRACKED,
        payment_term=TRACKED,
        salesperson=TRACKED,
        team=TRACKED,
        residual=TRACKED,
        rate={"decimals": 12},
    ),
    writers=Writers(
        create=actions.create_records, change=actions.change, delete=actions.delete
    ),
    title="number",
    order=("-pk",),
    company="company",
    currency="currency",
    search_column="search_text",
    search_index="invoicing_invoice_search",
    searchable=("number", "reference", "origin"),
    sums=("untaxed", "total", "residual"),
    handover=frozenset({"salesperson", "team"}),
    search=(
        Search(name="text", label=_("Invoice"), fields=("search",), operator="search"),
        Search(
            name="number", label=pgettext_lazy("document", "Number"), fields=("number",)
        ),
        Search(name="customer", label=_("Customer"), fields=("customer",)),
        Search(name="salesperson", label=_("Salesperson"), fields=("salesperson",)),
        Search(name="team", label=_("Sales team"), fields=("team",)),
        Search(name="origin", label=_("Source document"), fields=("origin",)),
    ),
    filters=(
        Filter(
            name="mine",
            label=_("My invoices"),
            condition=[["salesperson", "=", "@me"]],
        ),
        Filter(
            name="draft",
            label=pgettext_lazy("invoice", "Draft"),
            condition=[["state", "=", "draft"]],
            block=1,
        ),
        Filter(
            name="posted",
            label=pgettext_lazy("invoice", "Posted"),
            condition=[["state", "=", "posted"]],
            block=1,
        ),
        Filter(
            name="cancelled",
            label=pgettext_lazy("invoice", "Cancelled"),
            condition=[["state", "=", "cancelled"]],
            block=1,
        ),
        Filter(name="unpaid", label=_("Unpaid"), condition=OPEN, block=2),
        Filter(
            name="overdue",
            label=_("Overdue"),
            condition=[*OPEN, ["due_date", "<", "@today"]],
            block=2,
        ),
        Filter(
            name="paid",
            label=_("Paid"),
            condition=[
                ["state", "=", "posted"],
                ["payment_state", "in", ["paid", "in-payment", "reversed"]],
            ],
            block=2,
        ),
        Filter(
            name="invoices",
            label=_("Invoices"),
            condition=[["kind", "=", "invoice"]],
            block=3,
        ),
        Filter(
            name="credit-notes",
            label=_("Credit notes"),
            condition=[["kind", "=", "credit-note"]],
            block=3,
        ),
        Filter(
            name="late-activities",
            label=_("Late activities"),
            condition=[["activity_overdue_from", "<=", "@now"]],
            block=6,
        ),
        Filter(
            name="today-activities",
            label=_("Activities of today"),
            condition=[
                ["activity_today_from", "<=", "@now"],
                ["activity_overdue_from", ">", "@now"],
            ],
            block=6,
        ),
    ),
    periods=(
        PeriodFilter(
            name="dated", label=_("Invoice date"), field="invoice_date", block=4
        ),
        PeriodFilter(name="due", label=_("Due date"), field="due_date", block=4),
    ),
    commands={
        "post": actions.post_one,
        "reset-to-draft": actions.reset_to_draft,
        "cancel": actions.cancel,
        "credit": actions.credit_by_values,
        "pay": payments.register_by_values,
        "add-credit": payments.add_credit,
    },
    has_discussion=True,
    has_activities=True,
    is_importable=True,
)

INVOICE_LINES = RecordType(
    name="invoice-lines",
    model=InvoiceLine,
    label=_("Invoice line"),
    label_plural=_("Invoice lines"),
    access=access.INVOICE_LINES,
    fields=describe(
        InvoiceLine,
        "invoice",
        "sequence",
        "kind",
        "product",
        "description",
        "quantity",
        "unit",
        "unit_price",
        "discount",
        "taxes",
        "subtotal",
        "tax",
        "total",
        targets={
            "invoice": "invoices",
            "product": "products",
            "unit": "units",
            "taxes": "taxes",
        },
        unit_price={"widget": "price"},
    ),
    writers=Writers(create=lines.create, change=lines.change, delete=lines.delete),
    title="description",
    order=("sequence", "pk"),
    parent="invoice",
    currency="invoice.currency",
    sums=("subtotal", "total"),
    search=(
        Search(name="text", label=_("Description"), fields=("description",)),
        Search(name="product", label=_("Product"), fields=("product",)),
        Search(name="invoice", label=_("Invoice"), fields=("invoice",)),
    ),
    filters=(
        Filter(
            name="posted",
            label=pgettext_lazy("invoice", "Posted"),
            condition=[["invoice.state", "=", "posted"]],
        ),
        Filter(
            name="draft",
            label=pgettext_lazy("invoice", "Draft"),
            condition=[["invoice.state", "=", "draft"]],
        ),
        Filter(
            name="products",
            label=_("Products"),
            condition=[["kind", "=", "product"]],
            block=1,
        ),
    ),
    is_importable=True,
)

JOURNALS = RecordType(
    name="journals",
    model=Journal,
    label=_("Journal"),
    label_plural=_("Journals"),
    access=access.JOURNALS,
    fields=describe(
        Journal,
        "name",
        "code",
        "kind",
        "company",
        "reference_from",
        "account_number",
        "locked_until",
        "sequence",
        "active",
        targets={"company": "companies"},
        company={"required": False},
        locked_until=TRACKED,
        code=TRACKED,
    ),
    writers=Writers(
        create=journals.create,
        change=journals.WRITERS.change,
        delete=plain.delete,
    ),
    order=("sequence", "pk"),
    active="active",
    company="company",
    search=(Search(name="text", label=_("Journal"), fields=("name",)),),
    filters=(
        Filter(
            name="archived", label=_("Archived"), condition=[["active", "=", False]]
        ),
    ),
    commands={"set-first-number": journals.set_first_number},
    is_importable=True,
)

PAYMENTS = RecordType(
    name="payments",
    model=Payment,
    label=_("Payment"),
    label_plural=_("Payments"),
    access=access.PAYMENTS,
    fields=describe(
        Payment,
        "number",
        "state",
        "is_refund",
        "customer",
        "journal",
        "date",
        "amount",
        "unallocated",
        "currency",
        "memo",
        "external_reference",
        "cheque_number",
        "cheque_bank",
        "cheque_branch",
        "sayad_id",
        "cheque_due",
        "cheque_state",
        "company",
        "created_at",
        "created_by",
        targets={
            "customer": "contacts",
            "journal": "journals",
            "company": "companies",
            "created_by": "users",
        },
        company={"required": False},
        date={"required": False},
        state=TRACKED,
        amount=TRACKED,
        cheque_state=TRACKED,
        # The bank may write them with blanks or in other digits.
        sayad_id={"max_length": 40},
    ),
    writers=Writers(
        create=payments.create, change=payments.change, delete=payments.delete
    ),
    title="number",
    order=("-date", "-pk"),
    company="company",
    currency="currency",
    sums=("amount", "unallocated"),
    search=(
        Search(
            name="text",
            label=_("Payment"),
            fields=("number", "memo", "external_reference", "cheque_number"),
        ),
        Search(name="customer", label=_("Customer"), fields=("customer",)),
        Search(name="journal", label=_("Journal"), fields=("journal",)),
        Search(name="sayad", label=_("Sayad ID"), fields=("sayad_id",)),
    ),
    filters=(
        Filter(
            name="posted",
            label=pgettext_lazy("payment", "Posted"),
            condition=[["state", "=", "posted"]],
        ),
        Filter(
            name="free",
            label=_("Not allocated"),
            condition=[["state", "=", "posted"], ["unallocated", ">", 0]],
            block=1,
        ),
        Filter(
            name="cheques",
            label=_("Cheques"),
            condition=[["journal.kind", "=", "cheque"]],
            block=2,
        ),
        Filter(
            name="open-cheques",
            label=_("Cheques under way"),
            condition=[["cheque_state", "in", ["received", "deposited"]]],
            block=2,
        ),
        Filter(
            name="refunds",
            label=_("Refunds"),
            condition=[["is_refund", "=", True]],
            block=3,
        ),
    ),
    periods=(
        PeriodFilter(name="dated", label=_("Date"), field="date", block=4),
        PeriodFilter(
            name="cheque-due", label=_("Cheque due date"), field="cheque_due", block=4
        ),
    ),
    commands={
        "post": payments.post,
        "reset-to-draft": payments.reset_to_draft,
        "cancel": payments.cancel,
        "allocate-oldest": payments.use_for_oldest,
        "move-cheque": payments.move_cheque,
    },
    has_discussion=True,
    is_importable=True,
)

ALLOCATIONS = RecordType(
    name="payment-allocations",
    model=Allocation,
    label=_("Allocation"),
    label_plural=_("Allocations"),
    access=access.ALLOCATIONS,
    fields=describe(
        Allocation,
        "invoice",
        "payment",
        "credit_note",
        "amount",
        "is_write_off",
        "label",
        "date",
        "created_at",
        targets={
            "invoice": "invoices",
            "payment": "payments",
            "credit_note": "invoices",
        },
        invoice={"label": _("Invoice"), "editable": False},
        payment={"label": _("Payment"), "editable": False},
        credit_note={"label": _("Credit note"), "editable": False},
        amount={"label": _("Amount"), "editable": False},
        is_write_off={"label": _("Written off"), "editable": False},
        label={"label": _("Label"), "editable": False},
        date={"label": _("Date"), "editable": False},
        created_at={"label": _("Created on"), "editable": False},
    ),
    writers=Writers(create=_refuse, change=_refuse, delete=_refuse),
    title="date",
    order=("-date", "-pk"),
    currency="invoice.currency",
    search=(
        Search(name="text", label=_("Invoice"), fields=("invoice",)),
        Search(name="payment", label=_("Payment"), fields=("payment",)),
    ),
    periods=(PeriodFilter(name="dated", label=_("Date"), field="date"),),
)
