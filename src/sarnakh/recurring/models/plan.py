"""How often something is invoiced, for how much, and why somebody leaves."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.pricing.models import Pricelist
from sarnakh.records.fields import FixedField, NameField
from sarnakh.records.models import Record
from sarnakh.recurring import shipped


class BillingPlan(Record):
    """Every so many weeks, months or years, with all that follows."""

    class Unit(models.TextChoices):
        WEEK = "week", pgettext_lazy("period", "Weeks")
        MONTH = "month", pgettext_lazy("period", "Months")
        YEAR = "year", pgettext_lazy("period", "Years")

    class InvoiceMode(models.TextChoices):
        DRAFT = "draft", _("Leave a draft")
        POST = "post", _("Post it")

    name = NameField(_("Billing plan"), max_length=60)
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Company"),
    )
    count = models.PositiveIntegerField(
        _("Every"),
        default=1,
        validators=(MinValueValidator(1), MaxValueValidator(120)),
    )
    unit = models.CharField(_("Period"), max_length=5, choices=Unit, default=Unit.MONTH)
    is_aligned = models.BooleanField(
        _("Begin with calendar periods"),
        default=False,
        help_text=_("The first invoice covers the days until then."),
    )
    invoice_mode = models.CharField(
        _("Invoices"), max_length=5, choices=InvoiceMode, default=InvoiceMode.DRAFT
    )
    mails_invoice = models.BooleanField(
        _("Send posted invoices by e-mail"), default=False
    )
    close_after_days = models.PositiveIntegerField(
        _("Close when unpaid for (days)"),
        default=0,
        validators=(MaxValueValidator(3650),),
        help_text=_("Days after the period began; 0 means never."),
    )
    is_closable = models.BooleanField(_("Customers may close"), default=False)
    may_add_products = models.BooleanField(
        _("Customers may add products"), default=False
    )
    may_renew = models.BooleanField(_("Customers may renew"), default=False)
    may_switch = models.BooleanField(_("Customers may change the plan"), default=False)
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Billing plan")
        verbose_name_plural = _("Billing plans")
        ordering = ("sequence", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(count__gte=1), name="billing_plan_count_positive"
            ),
        )

    def __str__(self) -> str:
        return shipped.PLANS.shown(self.name, get_language())


class PlanPrice(Record):
    """What a product costs in a plan, perhaps for one price list only."""

    plan = models.ForeignKey(
        BillingPlan,
        models.CASCADE,
        related_name="prices",
        verbose_name=_("Billing plan"),
    )
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    product = models.ForeignKey(
        Product, models.CASCADE, related_name="+", verbose_name=_("Product")
    )
    pricelist = models.ForeignKey(
        Pricelist,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Price list"),
    )
    # Of one unit of the product for one period, in the price list's currency.
    price = FixedField(_("Price"), default=Decimal(0))

    class Meta:
        verbose_name = _("Recurring price")
        verbose_name_plural = _("Recurring prices")
        ordering = ("sequence", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "product", "pricelist"),
                condition=Q(pricelist__isnull=False),
                name="plan_price_of_list",
            ),
            models.UniqueConstraint(
                fields=("plan", "product"),
                condition=Q(pricelist__isnull=True),
                name="plan_price_of_all",
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan} · {self.product}"


class CloseReason(Record):
    """Why a subscription was closed."""

    name = NameField(_("Close reason"), max_length=100)
    # What the system itself closes for: the end of a contract, unpaid invoices.
    code = models.CharField(max_length=12, blank=True, default="", editable=False)
    is_public = models.BooleanField(_("Customers may choose it"), default=True)
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Close reason")
        verbose_name_plural = _("Close reasons")
        ordering = ("sequence", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("code",), condition=~Q(code=""), name="close_reason_code"
            ),
        )

    def __str__(self) -> str:
        return shipped.REASONS.shown(self.name, get_language())
