"""Quotations and orders: one record from draft to done."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product, Unit
from sarnakh.contacts.models import Contact
from sarnakh.crm.models import Lead
from sarnakh.delivery.models import Delivery, Move, ShippingMethod, Warehouse
from sarnakh.invoicing.models import InvoiceLine
from sarnakh.lib.money import CURRENCIES
from sarnakh.money.models import FiscalPosition, PaymentTerm, Tax, TradeSettings
from sarnakh.money.models.lines import DocumentLine
from sarnakh.pricing.models import Pricelist
from sarnakh.records.fields import FixedField, MoneyField, RichTextField
from sarnakh.records.models import Record
from sarnakh.sales.models.template import QuotationTemplate
from sarnakh.sources.models import Campaign, Medium, Source, Tag
from sarnakh.teams.models import Team


class Order(Record):
    """A quotation until it is confirmed, an order afterwards.

    Amounts are kept at every write of a line; `company_…` stand in the currency
    of the company. What it can do stands in `sales/orders/`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("order", "Quotation")
        SENT = "sent", pgettext_lazy("order", "Quotation sent")
        SALE = "sale", pgettext_lazy("order", "Sales order")
        CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")

    class InvoiceStatus(models.TextChoices):
        NOTHING = "nothing", _("Nothing to invoice")
        TO_INVOICE = "to-invoice", _("To invoice")
        INVOICED = "invoiced", _("Fully invoiced")
        UPSELLING = "upselling", _("Upselling opportunity")

    class DeliveryStatus(models.TextChoices):
        NONE = "none", _("Nothing to deliver")
        PENDING = "pending", _("Not delivered")
        STARTED = "started", _("Started")
        PARTIAL = "partial", _("Partly delivered")
        FULL = "full", _("Fully delivered")

    number = models.CharField(
        pgettext_lazy("document", "Number"), max_length=40, editable=False
    )
    state = models.CharField(
        _("Status"), max_length=9, choices=State, default=State.DRAFT, editable=False
    )
    is_locked = models.BooleanField(_("Locked"), default=False, editable=False)
    company = models.ForeignKey(
        Company, models.PROTECT, related_name="+", verbose_name=_("Company")
    )
    customer = models.ForeignKey(
        Contact, models.PROTECT, related_name="orders", verbose_name=_("Customer")
    )
    invoice_address = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Invoice address"),
    )
    delivery_address = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Delivery address"),
    )
    opportunity = models.ForeignKey(
        Lead,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("Opportunity"),
    )
    # Creation while a quotation, confirmation afterwards.
    ordered_at = models.DateTimeField(
        _("Order date"), default=timezone.now, editable=False
    )
    expires_on = models.DateField(_("Expiration"), null=True, blank=True)
    pricelist = models.ForeignKey(
        Pricelist,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Price list"),
    )
    currency = models.CharField(
        _("Currency"),
        max_length=3,
        default="IRR",
        choices=[(code, code) for code in CURRENCIES],
        editable=False,
    )
    # What one unit of the document's currency costs in the company's.
    rate = models.DecimalField(
        _("Currency rate"),
        max_digits=30,
        decimal_places=12,
        default=Decimal(1),
        editable=False,
    )
    payment_term = models.ForeignKey(
        PaymentTerm,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Payment terms"),
    )
    fiscal_position = models.ForeignKey(
        FiscalPosition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Fiscal position"),
    )
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Salesperson"),
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("Sales team"),
    )
    tags = models.ManyToManyField(
        Tag, blank=True, related_name="orders", verbose_name=_("Tags")
    )
    campaign = models.ForeignKey(
        Campaign,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Campaign"),
    )
    medium = models.ForeignKey(
        Medium,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Medium"),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Source"),
    )
    referrer = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Referrer"),
    )
    customer_reference = models.CharField(
        _("Customer reference"), max_length=100, blank=True, default=""
    )
    origin = models.CharField(
        _("Source document"), max_length=200, blank=True, default=""
    )
    warehouse = models.ForeignKey(
        Warehouse,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Warehouse"),
    )
    promised_at = models.DateTimeField(_("Delivery date"), null=True, blank=True)
    shipping_policy = models.CharField(
        _("Shipping policy"),
        max_length=8,
        choices=Delivery.ShippingPolicy,
        default=Delivery.ShippingPolicy.SOON,
    )
    shipping_method = models.ForeignKey(
        ShippingMethod,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("Shipping method"),
    )
    shipping_weight = FixedField(
        _("Shipping weight (kg)"),
        null=True,
        blank=True,
        default=None,
        editable=False,
    )
    template = models.ForeignKey(
        QuotationTemplate,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Quotation template"),
    )
    asks_signature = models.BooleanField(_("Online signature"), default=True)
    asks_payment = models.BooleanField(_("Online payment"), default=False)
    prepayment_percent = FixedField(_("Prepayment (%)"), default=Decimal(100))
    terms = RichTextField(_("Terms and conditions"), blank=True, default="")
    note = RichTextField(_("Internal note"), blank=True, default="")
    signed_by = models.CharField(
        _("Signed by"), max_length=120, blank=True, default="", editable=False
    )
    signed_at = models.DateTimeField(_("Signed on"), null=True, editable=False)
    # The drawn signature: an image below the folder of files.
    signature_digest = models.CharField(
        max_length=64, blank=True, default="", editable=False
    )
    untaxed = MoneyField(_("Untaxed amount"), editable=False)
    tax = MoneyField(_("Tax"), editable=False)
    total = MoneyField(_("Total"), editable=False)
    undiscounted = MoneyField(_("Amount before discount"), editable=False)
    margin = MoneyField(_("Margin"), editable=False)
    company_untaxed = MoneyField(_("Untaxed amount (company currency)"), editable=False)
    company_total = MoneyField(_("Total (company currency)"), editable=False)
    # Tax included; negative when more was invoiced than ordered.
    amount_to_invoice = MoneyField(_("Amount to invoice"), editable=False)
    invoice_status = models.CharField(
        _("Invoicing"),
        max_length=10,
        choices=InvoiceStatus,
        default=InvoiceStatus.NOTHING,
        editable=False,
    )
    delivery_status = models.CharField(
        _("Delivery"),
        max_length=7,
        choices=DeliveryStatus,
        default=DeliveryStatus.NONE,
        editable=False,
    )
    # Lines or conditions changed since prices were computed.
    prices_are_stale = models.BooleanField(default=False, editable=False)
    taxes_are_stale = models.BooleanField(default=False, editable=False)
    shipping_is_stale = models.BooleanField(default=False, editable=False)
    # Raised to take back every secret link to this document.
    link_generation = models.PositiveIntegerField(default=1, editable=False)
    search_text = models.TextField(blank=True, default="", editable=False)
    activity_today_from = models.DateTimeField(
        _("Next activity is due from"), null=True, blank=True, editable=False
    )
    activity_overdue_from = models.DateTimeField(
        _("Next activity is late from"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("Order")
        verbose_name_plural = _("Orders")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("company", "number"), name="order_number_unique"
            ),
            models.CheckConstraint(
                condition=Q(total=F("untaxed") + F("tax")), name="order_total_adds_up"
            ),
        )
        indexes = (
            models.Index(fields=("company", "-id"), name="order_list"),
            models.Index(fields=("salesperson", "-id"), name="order_mine"),
            # The figures of the teams' cards, each read from its index alone.
            models.Index(
                fields=("team", "company", "salesperson", "company_total"),
                condition=Q(state__in=("draft", "sent")),
                name="order_offers",
            ),
            models.Index(
                fields=("team", "company", "salesperson"),
                condition=Q(invoice_status="to-invoice"),
                name="order_to_invoice",
            ),
            models.Index(
                fields=("team", "state", "ordered_at", "company_untaxed"),
                name="order_team_week",
            ),
            models.Index(fields=("opportunity", "state"), name="order_opportunity"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_quotation(self) -> bool:
        """Whether it is still only an offer."""
        return self.state in {self.State.DRAFT, self.State.SENT}


class OrderLine(DocumentLine):
    """What is offered: a product, a heading, a remark."""

    order = models.ForeignKey(
        Order, models.CASCADE, related_name="lines", verbose_name=_("Order")
    )
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Product"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Unit"),
    )
    taxes = models.ManyToManyField(
        Tax, blank=True, related_name="+", verbose_name=_("Taxes")
    )
    # Typed by hand: a change of quantity leaves it alone.
    price_is_manual = models.BooleanField(default=False, editable=False)
    lead_days = models.PositiveIntegerField(_("Lead time (days)"), default=0)
    # The product's policy when the line was made.
    invoice_policy = models.CharField(
        max_length=9,
        choices=TradeSettings.InvoicePolicy,
        default=TradeSettings.InvoicePolicy.ORDERED,
        editable=False,
    )
    delivered = FixedField(_("Delivered"), editable=False)
    invoiced = FixedField(_("Invoiced"), editable=False)
    untaxed_invoiced = MoneyField(_("Untaxed invoiced"), editable=False)
    invoice_status = models.CharField(
        max_length=10,
        choices=Order.InvoiceStatus,
        default=Order.InvoiceStatus.NOTHING,
        editable=False,
    )
    # Of one unit of the line, in the order's currency.
    cost = FixedField(_("Cost"), default=Decimal(0))
    margin = MoneyField(_("Margin"), editable=False)
    is_delivery = models.BooleanField(default=False, editable=False)
    is_downpayment = models.BooleanField(default=False, editable=False)
    is_discount = models.BooleanField(default=False, editable=False)
    is_reward = models.BooleanField(default=False, editable=False)
    # Which use of a reward it belongs to.
    reward = models.ForeignKey(
        "sales.OrderReward",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="lines",
    )
    # Came from an optional product: its price is frozen.
    is_option = models.BooleanField(default=False, editable=False)
    invoice_lines = models.ManyToManyField(
        InvoiceLine, blank=True, editable=False, related_name="order_lines"
    )
    moves = models.ManyToManyField(
        Move, blank=True, editable=False, related_name="order_lines"
    )

    class Meta:
        verbose_name = _("Order line")
        verbose_name_plural = _("Order lines")
        ordering = ("sequence", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(discount__lte=100), name="order_line_discount_at_most_100"
            ),
        )
        indexes = (
            models.Index(fields=("order", "sequence", "id"), name="order_line_of"),
        )

    def __str__(self) -> str:
        return self.description.partition("\n")[0] or str(self.product or "")


class OrderDelivery(models.Model):
    """Which order a delivery belongs to."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="order_deliveries")
    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="order_link")

    def __str__(self) -> str:
        return f"{self.order} {self.delivery}"


class OrderOption(Record):
    """A product that the customer may add."""

    order = models.ForeignKey(
        Order, models.CASCADE, related_name="options", verbose_name=_("Order")
    )
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="+", verbose_name=_("Product")
    )
    description = models.TextField(_("Description"), blank=True, default="")
    quantity = FixedField(_("Quantity"), default=Decimal(1))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Unit")
    )
    unit_price = FixedField(_("Unit price"), default=Decimal(0))
    discount = FixedField(_("Discount (%)"), places=2, default=Decimal(0))
    line = models.ForeignKey(
        OrderLine,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("Optional product")
        verbose_name_plural = _("Optional products")
        ordering = ("order", "sequence", "id")

    def __str__(self) -> str:
        return self.description.partition("\n")[0] or str(self.product)
