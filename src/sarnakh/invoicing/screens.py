"""How invoices, payments and journals look."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.exchange.bulk import EXPORT
from sarnakh.invoicing import dialogs
from sarnakh.invoicing.documents import foot
from sarnakh.invoicing.invoices import actions
from sarnakh.invoicing.invoices.editing import ALWAYS, FIXED_ONCE_NUMBERED
from sarnakh.invoicing.models import Allocation, Invoice, InvoiceLine, Payment
from sarnakh.invoicing.payments import cheques
from sarnakh.invoicing.types import (
    ALLOCATIONS,
    INVOICE_LINES,
    INVOICES,
    JOURNALS,
    PAYMENTS,
)
from sarnakh.records import actions as plain
from sarnakh.records import rows
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import (
    Add,
    Banner,
    Bulk,
    Button,
    Lines,
    Screen,
    Section,
    SmartButton,
    Step,
    Tab,
)
from sarnakh.screens.state import SearchState

DELETE = Bulk(
    name="delete",
    label=_("Delete"),
    icon="trash",
    run=plain.delete_many,
    verb="delete",
)
LINES_ONLY = {"section", "note"}


def is_draft(record: Any) -> bool:
    """Whether it may still be edited."""
    return bool(record.state == "draft")


def is_posted(record: Any) -> bool:
    """Whether it counts."""
    return bool(record.state == "posted")


def is_due(invoice: Invoice) -> bool:
    """Whether something is left to pay."""
    return is_posted(invoice) and invoice.residual > 0


def progress(record: Any, actor: Actor) -> list[Step]:
    """Draft, posted; or cancelled."""
    if record.state == "cancelled":
        return [Step(label=record.get_state_display(), is_current=True)]
    states = [type(record).State.DRAFT, type(record).State.POSTED]
    place = states.index(record.state)
    return [
        Step(label=state.label, is_current=number == place, is_past=number < place)
        for number, state in enumerate(states)
    ]


def banners(invoice: Invoice, actor: Actor) -> list[Banner]:
    """What is to come, and what is late."""
    found = []
    today = invoice.company.profile().today()
    if invoice.posts_on and is_draft(invoice):
        text = _now("This document posts itself on %(day)s.") % {
            "day": actor.profile.date_text(invoice.posts_on)
        }
        found.append(Banner(text=text, tone="info"))
    if is_due(invoice) and invoice.due_date and invoice.due_date < today:
        text = _now("Overdue since %(day)s.") % {
            "day": actor.profile.date_text(invoice.due_date)
        }
        found.append(Banner(text=text, tone="warn"))
    return [*found, *(one for more in MORE_BANNERS for one in more(invoice, actor))]


MORE_BANNERS: list[Callable[[Invoice, Actor], list[Banner]]] = []
"""What rooms above know about a document: limits, agreements."""


def ribbon(invoice: Invoice) -> tuple[str, Any] | None:
    """How it stands with the money."""
    if not is_posted(invoice) or invoice.payment_state == "not-paid":
        return None
    tone = "won" if invoice.payment_state in {"paid", "in-payment"} else "lost"
    return (tone, invoice.get_payment_state_display())


def fixed(invoice: Invoice | None, actor: Actor) -> set[str]:
    """Posted content is fixed; who answers for it is not."""
    if invoice is None:
        return set()
    names = set(INVOICE_FIELDS)
    if not is_draft(invoice):
        return names - ALWAYS
    return set(FIXED_ONCE_NUMBERED) if invoice.number else set()


def hidden(invoice: Invoice | None, actor: Actor) -> set[str]:
    """Fields that say nothing here."""
    names = {"reversal_of", "reason"}
    if invoice is None:
        return names | {"accounting_date", "company_total"}
    if invoice.reversal_of_id:
        names = set()
    if invoice.payment_term_id is not None and is_draft(invoice):
        # It follows from the terms.
        names.add("due_date")
    return names


def line_fixed(line: InvoiceLine, actor: Actor) -> set[str]:
    """A rounding line follows from the total."""
    names = {"subtotal", "tax", "total"}
    if line.pk and line.is_rounding:
        names |= {"product", "description", "quantity", "unit", "unit_price",
                  "discount", "taxes"}  # fmt: skip
    return names


def query_of(**condition: Any) -> str:
    """A list with a condition of its own."""
    import json

    terms = [[name, "=", value] for name, value in condition.items()]
    return SearchState(view="list", custom=(json.dumps(terms),)).query()


INVOICE_LINE_TABLE = Lines(
    name="lines",
    label=_("Invoice lines"),
    type=INVOICE_LINES,
    parent="invoice",
    columns=(
        "product", "description", "quantity", "unit", "unit_price", "discount",
        "taxes", "subtotal",
    ),
    adds=(
        Add("product", _("Add a product")),
        Add("section", _("Add a section"), {"kind": "section"}),
        Add("note", _("Add a note"), {"kind": "note"}),
    ),
    may_edit=lambda invoice, actor: is_draft(invoice),
    may_add=lambda invoice, actor: is_draft(invoice),
    may_remove=lambda line, actor: not line.is_rounding,
    read_only=line_fixed,
    spans=lambda line: "description" if line.kind in LINES_ONLY else "",
    tone=lambda line: line.kind if line.kind in LINES_ONLY else "",
    foot="invoicing/foot.html",
    totals=foot,
    empty=_("No lines yet."),
)  # fmt: skip

HEADER = (
    Section(
        _("Customer"),
        ("customer", "delivery_address", "reference", "payment_reference",
         "reversal_of", "reason"),
    ),
    Section(
        _("Dates"),
        ("invoice_date", "payment_term", "due_date", "accounting_date", "journal",
         "currency"),
    ),
)  # fmt: skip
OTHER = Tab(
    "other",
    _("Other information"),
    (
        Section(_("Sales"), ("salesperson", "team", "origin", "company")),
        Section(_("Origin"), ("campaign", "medium", "source", "referrer")),
        Section(_("Accounting"), ("fiscal_position", "cash_rounding")),
    ),
)
INVOICE_FIELDS = (
    *(name for part in (*HEADER, *OTHER.sections) for name in part.fields),
    "note",
)

INVOICE_LIST = Screen(
    slug="invoices",
    type=INVOICES,
    title=_("Invoices"),
    pages=(
        List(
            columns=(
                "number", "customer", "invoice_date", "due_date", "salesperson",
                "untaxed", "total", "residual", "payment_state", "state",
            ),
            optional=(
                "kind", "team", "tax", "company_untaxed", "company_total",
                "company_residual", "currency", "origin", "reference",
                "payment_reference", "journal", "payment_term", "accounting_date",
                "company", "posted_at", "created_at",
            ),
        ),
    ),
    groups=(
        "state", "payment_state", "customer", "salesperson", "team", "kind",
        "journal", "company", "invoice_date", "due_date", "currency",
    ),
    header=("number",),
    sections=HEADER,
    lines=(INVOICE_LINE_TABLE,),
    tabs=(OTHER, Tab("note", _("Terms and notes"), (Section("", ("note",)),))),
    progress=progress,
    banners=banners,
    ribbon=ribbon,
    fixes=fixed,
    hides=hidden,
    insets=("invoice-settling",),
    may_delete=lambda invoice: not is_posted(invoice),
    buttons=(
        Button(
            command="post",
            label=pgettext_lazy("button", "Post"),
            icon="check",
            is_primary=True,
            visible=is_draft,
            rank=10,
            done=lambda invoice, actor: (
                _now("Posted as %(number)s.") % {"number": invoice.number}
                if is_posted(invoice)
                else _now("It will post itself on its day.")
            ),
        ),
        Button(
            command="register-payment",
            label=_("Register payment"),
            icon="currency-dollar",
            is_primary=True,
            visible=lambda invoice: is_due(invoice) and invoice.kind == "invoice",
            asks="invoicing/pay.html",
            asking=dialogs.paying,
            reads=dialogs.pay_answers,
            run=dialogs.pay,
            rank=20,
            done=lambda invoice, actor: _now("The payment is registered."),
        ),
        Button(
            command="refund",
            label=_("Pay back"),
            icon="currency-dollar",
            visible=lambda invoice: is_due(invoice) and invoice.kind != "invoice",
            asks="invoicing/pay.html",
            asking=dialogs.paying,
            reads=dialogs.pay_answers,
            run=dialogs.pay,
            rank=20,
            done=lambda invoice, actor: _now("The payment is registered."),
        ),
        Button(
            command="add-credit",
            label=_("Add a credit"),
            visible=lambda invoice: False,
            reads=dialogs.add_answers,
            done=lambda invoice, actor: _now("The credit is added."),
        ),
        Button(
            command="credit",
            label=_("Credit note"),
            icon="arrow-back-up",
            visible=lambda invoice: (
                is_posted(invoice)
                and invoice.kind == "invoice"
                and invoice.payment_state != "reversed"
            ),
            asks="invoicing/credit.html",
            asking=dialogs.crediting,
            reads=dialogs.credit_answers,
            run=dialogs.credit,
            rank=30,
        ),
        Button(
            command="reset-to-draft",
            label=_("Reset to draft"),
            icon="refresh",
            visible=lambda invoice: not is_draft(invoice),
            may=lambda invoice, actor: (
                actor.has(Role.ACCOUNTANT) or invoice.state == "cancelled"
            ),
            rank=60,
        ),
        Button(
            command="cancel",
            label=_("Cancel"),
            icon="x",
            visible=is_draft,
            rank=70,
            done=lambda invoice, actor: _now("Cancelled."),
        ),
    ),
    smart_buttons=(
        SmartButton(
            name="payments",
            label=_("Payments"),
            icon="currency-dollar",
            count=lambda invoice, actor: (
                rows.visible(PAYMENTS, actor)
                .filter(allocations__invoice=invoice)
                .distinct()
                .count()
            ),
            url=lambda invoice: (
                reverse("payments:browse") + "?" + payments_of(invoice)
            ),
            hides_zero=True,
        ),
        SmartButton(
            name="credits",
            label=_("Credit notes"),
            icon="arrow-back-up",
            count=lambda invoice, actor: (
                rows.visible(INVOICES, actor).filter(reversal_of=invoice).count()
            ),
            url=lambda invoice: (
                reverse("invoices:browse") + "?" + query_of(reversal_of=invoice.pk)
            ),
            hides_zero=True,
        ),
    ),
    bulk=(
        EXPORT,
        Bulk(
            name="post",
            label=pgettext_lazy("button", "Post"),
            icon="check",
            run=actions.post_many,
            role=Role.BILLING,
        ),
        Bulk(
            name="pay",
            label=_("Register payment"),
            icon="currency-dollar",
            run=dialogs.pay_many,
            asks="invoicing/pay.html",
            reads=dialogs.pay_answers,
            role=Role.BILLING,
        ),
        Bulk(
            name="delete",
            label=_("Delete"),
            icon="trash",
            run=plain.delete_many,
            verb="delete",
            role=Role.BILLING,
        ),
    ),
    panels=("customer-payments", "letters", "activities", "discussion"),
    empty=_("Invoices are made from orders, or here by hand."),
)  # fmt: skip

ANALYSIS = Screen(
    slug="invoice-lines",
    type=INVOICE_LINES,
    title=_("Invoice analysis"),
    condition=[["kind", "=", "product"]],
    defaults=("posted",),
    pages=(
        List(
            columns=(
                "invoice", "product", "description", "quantity", "unit",
                "unit_price", "discount", "subtotal", "total",
            ),
            optional=("taxes", "tax", "sequence"),
        ),
    ),
    groups=("invoice", "product", "unit"),
    sections=(
        Section(_("Invoice line"), ("invoice", "product", "description")),
        Section(
            _("Amounts"),
            ("quantity", "unit", "unit_price", "discount", "taxes", "subtotal",
             "total"),
        ),
    ),
    may_edit=lambda line: is_draft(line.invoice),
    may_delete=lambda line: is_draft(line.invoice),
    bulk=(EXPORT,),
    empty=_("What was invoiced, line by line."),
)  # fmt: skip


def payments_of(invoice: Invoice) -> str:
    """The list of what pays a document."""
    import json

    keys = list(
        Allocation.objects.filter(invoice=invoice, payment__isnull=False)
        .values_list("payment_id", flat=True)
        .distinct()
    )
    custom = json.dumps([["id", "in", keys]])
    return SearchState(view="list", custom=(custom,)).query()


def cheque_button(to: str, label: Any, rank: int) -> Button:
    """A step of a cheque."""
    return Button(
        command=f"cheque-{to}",
        label=label,
        run=lambda payment, by: _moved(payment, to, by),
        visible=lambda payment: cheques.may_go(payment.cheque_state, to),
        is_primary=to in {"deposited", "cleared"},
        rank=rank,
    )


def _moved(payment: Payment, to: str, by: Actor) -> Payment:
    from sarnakh.invoicing.payments import actions as payments

    return payments.move_cheque(payment, to=to, by=by)


PAYMENT_LIST = Screen(
    slug="payments",
    type=PAYMENTS,
    title=_("Payments"),
    pages=(
        List(
            columns=(
                "number", "date", "customer", "journal", "amount", "unallocated",
                "cheque_state", "state",
            ),
            optional=(
                "is_refund", "memo", "external_reference", "cheque_number",
                "sayad_id", "cheque_due", "cheque_bank", "currency", "company",
                "created_at",
            ),
        ),
    ),
    groups=(
        "journal", "customer", "state", "cheque_state", "date", "cheque_due",
        "company",
    ),
    header=("number",),
    sections=(
        Section(
            _("Payment"),
            ("customer", "amount", "currency", "is_refund", "unallocated"),
        ),
        Section(
            _("Booking"), ("date", "journal", "memo", "external_reference", "company")
        ),
        Section(
            _("Cheque"),
            ("cheque_number", "sayad_id", "cheque_due", "cheque_bank",
             "cheque_branch", "cheque_state"),
        ),
    ),
    progress=progress,
    fixes=lambda payment, actor: (
        set()
        if payment is None or is_draft(payment)
        else {"customer", "amount", "currency", "is_refund", "date", "journal",
              "external_reference", "company", "cheque_number", "sayad_id",
              "cheque_due", "cheque_bank", "cheque_branch"}
    ),
    may_delete=lambda payment: is_draft(payment) and not payment.number,
    buttons=(
        Button(
            command="post",
            label=pgettext_lazy("button", "Post"),
            icon="check",
            is_primary=True,
            visible=is_draft,
            rank=10,
            done=lambda payment, actor: (
                _now("Posted as %(number)s.") % {"number": payment.number}
            ),
        ),
        Button(
            command="allocate-oldest",
            label=_("Settle the oldest documents"),
            icon="checklist",
            visible=lambda payment: is_posted(payment) and payment.unallocated > 0,
            rank=20,
        ),
        cheque_button("deposited", _("Deposit"), 30),
        cheque_button("cleared", _("Cleared"), 31),
        cheque_button("bounced", _("Bounced"), 32),
        cheque_button("returned", _("Returned"), 33),
        Button(
            command="reset-to-draft",
            label=_("Reset to draft"),
            icon="refresh",
            visible=lambda payment: not is_draft(payment),
            rank=60,
        ),
        Button(
            command="cancel",
            label=_("Cancel"),
            icon="x",
            visible=lambda payment: payment.state != "cancelled",
            rank=70,
            done=lambda payment, actor: _now("Cancelled."),
        ),
    ),
    smart_buttons=(
        SmartButton(
            name="invoices",
            label=_("Invoices"),
            icon="file-invoice",
            count=lambda payment, actor: (
                rows.visible(INVOICES, actor)
                .filter(allocations__payment=payment)
                .distinct()
                .count()
            ),
            url=lambda payment: (
                reverse("invoices:browse") + "?" + invoices_of(payment)
            ),
            hides_zero=True,
        ),
    ),
    bulk=(EXPORT,),
    panels=("letters", "discussion"),
    empty=_("Payments are registered on invoices, or here as an advance."),
)  # fmt: skip


def invoices_of(payment: Payment) -> str:
    """The list of what a payment settles."""
    import json

    keys = list(
        Allocation.objects.filter(payment=payment)
        .values_list("invoice_id", flat=True)
        .distinct()
    )
    custom = json.dumps([["id", "in", keys]])
    return SearchState(view="list", custom=(custom,)).query()


JOURNAL_LIST = Screen(
    slug="journals",
    type=JOURNALS,
    title=_("Journals"),
    pages=(
        List(
            columns=("name", "code", "kind", "locked_until", "company"),
            optional=("reference_from", "account_number", "sequence", "active"),
        ),
    ),
    groups=("kind", "company"),
    header=("name",),
    sections=(
        Section(_("Journal"), ("code", "kind", "company", "sequence", "active")),
        Section(_("Booking"), ("reference_from", "account_number", "locked_until")),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("Journals give documents and payments their numbers."),
)

ALLOCATION_LIST = Screen(
    slug="payment-allocations",
    type=ALLOCATIONS,
    title=_("Allocations"),
    pages=(
        List(
            columns=(
                "date", "invoice", "payment", "credit_note", "amount",
                "is_write_off", "label",
            ),
        ),
    ),
    groups=("date", "is_write_off"),
    sections=(
        Section(
            _("Allocation"),
            ("date", "invoice", "payment", "credit_note", "amount", "is_write_off",
             "label"),
        ),
    ),
    may_edit=lambda one: False,
    bulk=(EXPORT,),
    empty=_("What settles which invoice."),
)  # fmt: skip
