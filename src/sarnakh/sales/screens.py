"""How quotations, orders, templates and terms of customers look."""

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.exchange.bulk import EXPORT
from sarnakh.lib.numbers import NumberError, parse_number
from sarnakh.money.models import TradeSettings
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues
from sarnakh.sales.billing.offers import CREATE_MANY
from sarnakh.sales.lines.rules import OF_REWARDS
from sarnakh.sales.models import Order, OrderLine, QuotationTemplate, TemplateLine
from sarnakh.sales.options import actions as options
from sarnakh.sales.orders import actions, showing
from sarnakh.sales.shipping import buttons as shipping
from sarnakh.sales.types import (
    CUSTOMER_TERMS,
    ORDER_LINES,
    ORDER_OPTIONS,
    ORDERS,
    QUOTATION_TEMPLATES,
    TEMPLATE_LINES,
)
from sarnakh.screens.forms import shown_buttons
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import (
    Add,
    Bulk,
    Button,
    Lines,
    Screen,
    Section,
    Tab,
)

State = Order.State
DELETE = Bulk(
    name="delete",
    label=_("Delete"),
    icon="trash",
    run=plain.delete_many,
    verb="delete",
    role=Role.SALES_MANAGER,
)


def is_in(*states: str) -> Any:
    """Whether an order is in one of the states."""
    return lambda order: order.state in states


def cancel_answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """The note of the dialog."""
    from django.utils.html import linebreaks

    note = given.get("note", "").strip()[:10_000]
    return {"note": linebreaks(note, autoescape=True) if note else ""}


def discount_answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """How, how much, and whether a fixed amount keeps the taxes right."""
    text = given.get("amount", "").strip().rstrip("%٪")
    try:
        amount = parse_number(text) if text else Decimal(0)
    except NumberError:
        raise InvalidValues(
            {"amount": _now("“%(text)s” is not a number.") % {"text": text[:40]}}
        ) from None
    how = given.get("how", "lines")
    if how == "fixed" and actor.profile.toman and given.get("currency") == "IRR":
        amount *= 10
    return {"how": how, "amount": amount, "spreads": "spreads" in given}


def may_unlock(order: Order, actor: Actor) -> bool:
    """Unlocking is for managers."""
    return actor.has(Role.SALES_MANAGER)


BUTTONS = (
    Button(
        command="confirm",
        label=_("Confirm"),
        icon="check",
        rank=20,
        is_primary=is_in(State.SENT),
        visible=is_in(State.DRAFT, State.SENT),
        done=lambda order, actor: _now("Confirmed."),
    ),
    Button(
        command="mark-sent",
        label=_("Mark as sent"),
        icon="send",
        rank=30,
        visible=is_in(State.DRAFT),
    ),
    Button(
        command="cancel",
        label=pgettext_lazy("order", "Cancel"),
        icon="x",
        rank=80,
        visible=lambda order: order.state == State.DRAFT,
        done=lambda order, actor: _now("Cancelled."),
    ),
    Button(
        command="cancel-asking",
        label=pgettext_lazy("order", "Cancel"),
        icon="x",
        rank=80,
        visible=lambda order: (
            order.state in {State.SENT, State.SALE} and not order.is_locked
        ),
        run=actions.cancel,
        asks="sales/cancel.html",
        reads=cancel_answers,
        done=lambda order, actor: _now("Cancelled."),
    ),
    Button(
        command="reset",
        label=_("Set to quotation"),
        icon="arrow-back-up",
        rank=70,
        visible=is_in(State.CANCELLED, State.SENT),
    ),
    Button(
        command="lock",
        label=_("Lock"),
        icon="lock",
        rank=75,
        visible=lambda order: order.state == State.SALE and not order.is_locked,
    ),
    Button(
        command="unlock",
        label=_("Unlock"),
        icon="key",
        rank=75,
        visible=lambda order: order.state == State.SALE and order.is_locked,
        may=may_unlock,
    ),
    Button(
        command="duplicate",
        label=_("Duplicate"),
        icon="copy",
        place="gear",
        may=lambda order, actor: actor.has(Role.SALES_OWN),
    ),
    Button(
        command="discount",
        label=_("Discount"),
        icon="tag",
        place="lines",
        rank=40,
        visible=lambda order: order.state != State.CANCELLED and not order.is_locked,
        asks="sales/discount.html",
        reads=discount_answers,
    ),
    Button(
        command="update-prices",
        label=_("Update prices"),
        icon="refresh",
        place="lines",
        rank=60,
        visible=lambda order: order.is_quotation,
        done=lambda order, actor: _now("Prices are up to date."),
    ),
    Button(
        command="update-taxes",
        label=_("Update taxes"),
        icon="refresh",
        place="lines",
        rank=61,
        visible=lambda order: order.is_quotation,
        done=lambda order, actor: _now("Taxes are up to date."),
    ),
    Button(
        command="win-opportunity",
        label=_("Mark as won"),
        icon="trophy",
        place="banner",
    ),
)
BULK = (
    EXPORT,
    Bulk(
        name="sent",
        label=_("Mark as sent"),
        icon="send",
        run=actions.mark_many_sent,
    ),
    Bulk(name="confirm", label=_("Confirm"), icon="check", run=actions.confirm_many),
    CREATE_MANY,
    Bulk(
        name="cancel",
        label=pgettext_lazy("order", "Cancel"),
        icon="x",
        run=actions.cancel_many,
        asks="sales/cancel.html",
        reads=cancel_answers,
    ),
    DELETE,
)


def span(line: OrderLine | TemplateLine) -> str:
    """Headings and remarks are text over the whole row."""
    return "" if line.kind == OrderLine.Kind.PRODUCT else "description"


def tone(line: OrderLine | TemplateLine) -> str:
    """Their look."""
    return "" if line.kind == OrderLine.Kind.PRODUCT else str(line.kind)


def hidden_columns(order: Order, actor: Actor) -> set[str]:
    """Delivered and invoiced stand on confirmed orders only."""
    return set() if order.state == State.SALE else {"delivered", "invoiced"}


def settled_cells(line: OrderLine, actor: Actor) -> set[str]:
    """Cells that are not edited in this state."""
    order = line.order
    found = {"delivered", "invoiced", "subtotal", "margin", "tax", "total"}
    if order.is_locked:
        return found | {"product", "description", "unit_price", "unit", "quantity",
                        "taxes", "discount", "cost"}  # fmt: skip
    if line.is_reward:
        found |= OF_REWARDS
    if line.pk and order.state == State.SALE:
        found.add("unit")
        if line.product and not line.product.is_goods:
            found.discard("delivered")
        if line.delivered or line.invoiced:
            found.add("product")
    return found


def may_remove(line: OrderLine, actor: Actor) -> bool:
    """Lines of confirmed orders stay, except text, delivery and open advances."""
    order = line.order
    if order.state == State.CANCELLED or order.is_locked:
        return False
    return (
        order.state != State.SALE
        or line.kind != OrderLine.Kind.PRODUCT
        or ((line.is_delivery or line.is_downpayment) and not line.invoiced)
    )


def offered(
    field: str, order: Any, actor: Actor, rows: "QuerySet[Any]"
) -> "QuerySet[Any]":
    """What an order of this company can have on a line."""
    company = order.company_id
    if field == "product":
        return rows.filter(
            Q(company=None) | Q(company=company), is_sold=True, has_variants=False
        )
    if field == "taxes":
        return rows.filter(company=company, use="sale")
    return rows


def foot(order: Order, actor: Actor) -> dict[str, Any]:
    """Totals, margin, and the buttons below the lines."""
    found = shown_buttons(QUOTATION_LIST, order, actor, only="lines")
    return showing.totals(order, actor) | {
        "line_buttons": shipping.fitting(order, found["line_buttons"])
    }


ORDER_LINE_TABLE = Lines(
    name="lines",
    label=_("Order lines"),
    type=ORDER_LINES,
    parent="order",
    columns=(
        "product", "description", "quantity", "delivered", "invoiced", "unit",
        "unit_price", "discount", "taxes", "subtotal",
    ),
    adds=(
        Add("product", _("Add a product")),
        Add("section", _("Add a section"), {"kind": "section"}, "list-details"),
        Add("note", _("Add a note"), {"kind": "note"}, "message"),
    ),
    may_edit=lambda order, actor: order.state != State.CANCELLED,
    may_add=lambda order, actor: not order.is_locked,
    may_remove=may_remove,
    hides=hidden_columns,
    read_only=settled_cells,
    spans=span,
    tone=tone,
    narrows=offered,
    foot="sales/foot.html",
    totals=foot,
    empty=_("What is offered: products, headings and remarks."),
)  # fmt: skip
OPTION_TABLE = Lines(
    name="options",
    label=_("Optional products"),
    type=ORDER_OPTIONS,
    parent="order",
    columns=("product", "description", "quantity", "unit", "unit_price", "discount"),
    adds=(Add("option", _("Offer a product")),),
    may_edit=lambda order, actor: order.is_quotation,
    narrows=offered,
    foot="sales/options.html",
    totals=lambda order, actor: {"options": open_options(order)},
    empty=_("Products that the customer may add."),
)


def open_options(order: Order) -> list[tuple[Any, bool]]:
    """Options, and whether their product stands on a line already."""
    found = list(order.options.select_related("product").order_by("sequence", "pk"))
    on_lines = options.present(order) if found else set()
    return [
        (option, option.line_id is not None or option.product_id in on_lines)
        for option in found
    ]


def presets(actor: Actor) -> dict[str, Any]:
    """What a blank form begins with."""
    settings = TradeSettings.of(actor.company)
    found: dict[str, Any] = {
        "company": actor.company.pk,
        "asks_signature": settings.asks_signature,
        "asks_payment": settings.asks_payment,
        "prepayment_percent": settings.prepayment_percent,
    }
    if actor.has(Role.SALES_OWN) and actor.user_id:
        found["salesperson"] = actor.user_id
    return found


SECTIONS = (
    Section(
        _("Customer"),
        ("customer", "invoice_address", "delivery_address", "opportunity", "referrer",
         "template"),
    ),
    Section(
        _("Sale"),
        ("ordered_at", "expires_on", "pricelist", "payment_term", "salesperson",
         "team", "tags"),
    ),
)  # fmt: skip
TABS = (
    Tab(
        "other",
        _("Other information"),
        (
            Section(
                _("Conditions"),
                ("company", "fiscal_position", "customer_reference", "origin",
                 "asks_signature", "asks_payment", "prepayment_percent"),
            ),
            Section(
                _("Delivery"),
                ("warehouse", "promised_at", "shipping_policy", "delivery_status"),
            ),
            Section(_("Invoicing"), ("invoice_status", "amount_to_invoice")),
            Section(_("Origin"), ("campaign", "medium", "source")),
        ),
    ),
    Tab(
        "notes",
        _("Notes"),
        (
            Section(_("Terms and conditions"), ("terms",)),
            Section(_("Internal note"), ("note",)),
        ),
    ),
    Tab("signature", _("Signature"), (Section("", ("signed_by", "signed_at")),)),
)  # fmt: skip
COLUMNS = ("number", "created_at", "customer", "salesperson", "company", "total",
           "state")  # fmt: skip
OPTIONAL = (
    "ordered_at", "expires_on", "untaxed", "tax", "undiscounted", "margin",
    "amount_to_invoice", "invoice_status", "delivery_status", "team", "opportunity",
    "pricelist", "payment_term", "customer_reference", "origin", "tags", "promised_at",
    "referrer", "warehouse", "currency", "campaign", "medium", "source",
    "activity_today_from",
)  # fmt: skip
GROUPS = ("salesperson", "customer", "team", "state", "company", "invoice_status",
          "delivery_status", "ordered_at", "created_at", "expires_on")  # fmt: skip


def _screen(**special: Any) -> Screen:
    """A list of orders; they differ in what they show first."""
    return Screen(
        **{
            "type": ORDERS,
            "pages": (List(columns=COLUMNS, optional=OPTIONAL),),
            "groups": GROUPS,
            "presets": presets,
            "sections": SECTIONS,
            "lines": (ORDER_LINE_TABLE, OPTION_TABLE),
            "tabs": TABS,
            "progress": showing.progress,
            "banners": showing.banners,
            "ribbon": showing.ribbon,
            "fixes": showing.fixes,
            "hides": showing.hides,
            "may_edit": lambda order: order.state != State.CANCELLED,
            "may_delete": is_in(State.DRAFT, State.CANCELLED),
            "buttons": BUTTONS,
            "bulk": BULK,
            "panels": ("customer-payments", "letters", "activities", "discussion"),
            **special,
        }
    )


QUOTATION_LIST = _screen(
    slug="quotations",
    title=_("Quotations"),
    defaults=("mine", "quotations"),
    empty=_("An offer for a customer: products, prices, conditions. Confirmed it "
            "becomes an order."),
)  # fmt: skip
ORDER_LIST = _screen(
    slug="orders",
    title=pgettext_lazy("sales", "Orders"),
    condition=[["state", "=", "sale"]],
    empty=_("Confirmed quotations."),
)
TO_INVOICE_LIST = _screen(
    slug="orders-to-invoice",
    title=_("Orders to invoice"),
    condition=[["invoice_status", "=", "to-invoice"]],
    empty=_("Orders that wait for an invoice."),
)
QUOTATION_TEMPLATE_LIST = Screen(
    slug="quotation-templates",
    type=QUOTATION_TEMPLATES,
    title=_("Quotation templates"),
    pages=(
        List(
            columns=("name", "company", "validity_days", "is_company_default",
                     "active"),
            optional=("asks_signature", "asks_payment", "prepayment_percent",
                      "mails_confirmation"),
        ),
    ),
    header=("name",),
    sections=(
        Section(
            _("Quotation template"),
            ("company", "validity_days", "is_company_default", "active"),
        ),
        Section(
            _("Conditions"),
            ("asks_signature", "asks_payment", "prepayment_percent",
             "mails_confirmation"),
        ),
    ),
    lines=(
        Lines(
            name="lines",
            label=_("Lines"),
            type=TEMPLATE_LINES,
            parent="template",
            columns=("product", "description", "quantity", "unit"),
            where={"is_option": False},
            adds=(
                Add("product", _("Add a product")),
                Add("section", _("Add a section"), {"kind": "section"}, "list-details"),
                Add("note", _("Add a note"), {"kind": "note"}, "message"),
            ),
            spans=span,
            tone=tone,
            narrows=lambda field, template, actor, rows: template_offer(
                field, template, rows
            ),
        ),
        Lines(
            name="options",
            label=_("Optional products"),
            type=TEMPLATE_LINES,
            parent="template",
            columns=("product", "description", "quantity", "unit"),
            where={"is_option": True},
            adds=(Add("option", _("Offer a product")),),
            narrows=lambda field, template, actor, rows: template_offer(
                field, template, rows
            ),
        ),
    ),
    tabs=(
        Tab("terms", _("Terms and conditions"), (Section("", ("terms",)),)),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("What is often offered together; prices come from the price list."),
)  # fmt: skip


def template_offer(
    field: str, template: QuotationTemplate, rows: "QuerySet[Any]"
) -> "QuerySet[Any]":
    """Products that everybody who uses the template may sell."""
    if field != "product":
        return rows
    company = Q(company=None)
    if template.company_id:
        company |= Q(company=template.company_id)
    return rows.filter(company, is_sold=True, has_variants=False)


TERMS_LIST = Screen(
    slug="customer-terms",
    type=CUSTOMER_TERMS,
    title=_("Terms of customers"),
    pages=(
        List(
            columns=("contact", "company", "pricelist", "payment_term",
                     "credit_limit", "warning"),
            optional=("fiscal_position", "salesperson", "team", "shipping_method"),
        ),
    ),
    groups=("pricelist", "payment_term", "salesperson", "team", "warning"),
    presets=lambda actor: {"company": actor.company.pk},
    sections=(
        Section(
            _("Terms"),
            ("contact", "company", "pricelist", "payment_term", "fiscal_position",
             "shipping_method", "credit_limit"),
        ),
        Section(_("Sale"), ("salesperson", "team", "warning", "warning_text")),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("Price list, payment terms, credit limit and warnings of a customer."),
)  # fmt: skip
