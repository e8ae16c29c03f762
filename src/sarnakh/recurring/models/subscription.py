"""The recurring side of an order, what was invoiced of it, what it brings in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.models import Company
from sarnakh.contacts.models import Contact
from sarnakh.invoicing.models import Invoice
from sarnakh.records.fields import MoneyField
from sarnakh.records.models import Record
from sarnakh.recurring.models.plan import BillingPlan, CloseReason
from sarnakh.recurring.periods import Rhythm
from sarnakh.sales.models import Order
from sarnakh.teams.models import Team


class Subscription(Record):
    """An order with a plan; it runs once the order is confirmed.

    Number, customer, company, salesperson and team are the order's, kept here for
    lists and visibility. An upsell is an order that adds to a running one; it never
    runs by itself.
    """

    class State(models.TextChoices):
        QUOTATION = "quotation", pgettext_lazy("subscription", "Quotation")
        PROGRESS = "progress", pgettext_lazy("subscription", "In progress")
        PAUSED = "paused", pgettext_lazy("subscription", "Paused")
        RENEWED = "renewed", pgettext_lazy("subscription", "Renewed")
        CHURNED = "churned", pgettext_lazy("subscription", "Churned")
        UPSELL = "upsell", pgettext_lazy("subscription", "Upsell")

    order = models.OneToOneField(
        Order,
        models.CASCADE,
        related_name="subscription",
        verbose_name=_("Sales order"),
    )
    number = models.CharField(_("Number"), max_length=40, editable=False)
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        related_name="+",
        verbose_name=_("Company"),
        editable=False,
    )
    customer = models.ForeignKey(
        Contact,
        models.PROTECT,
        related_name="subscriptions",
        verbose_name=_("Customer"),
        editable=False,
    )
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Salesperson"),
        editable=False,
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Sales team"),
        editable=False,
    )
    plan = models.ForeignKey(
        BillingPlan,
        models.PROTECT,
        related_name="subscriptions",
        verbose_name=_("Billing plan"),
    )
    state = models.CharField(
        _("Status"),
        max_length=9,
        choices=State,
        default=State.QUOTATION,
        editable=False,
    )
    starts_on = models.DateField(
        _("Start date"),
        null=True,
        blank=True,
        help_text=_("Empty: the day of the confirmation."),
    )
    ends_on = models.DateField(_("End date"), null=True, blank=True)
    next_on = models.DateField(_("Next invoice"), null=True, editable=False)
    # Which period comes next, counted from the start; skipped ones count.
    next_period = models.PositiveIntegerField(default=0, editable=False)
    periods_invoiced = models.PositiveIntegerField(
        _("Periods invoiced"), default=0, editable=False
    )
    mrr = MoneyField(_("Monthly recurring revenue"), editable=False)
    has_payment_exception = models.BooleanField(
        _("Payment exception"),
        default=False,
        help_text=_("Nothing is invoiced until somebody has cleared it."),
    )
    close_reason = models.ForeignKey(
        CloseReason,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Close reason"),
        editable=False,
    )
    close_note = models.CharField(
        _("Words on closing"), max_length=300, blank=True, default="", editable=False
    )
    closed_on = models.DateField(_("Closed on"), null=True, editable=False)
    renewal_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="renewals",
        verbose_name=_("Renewal of"),
    )
    upsell_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="upsells",
        verbose_name=_("Upsell of"),
    )
    # Delivered quantities of goods that were invoiced: {line: quantity}.
    delivered_before = models.JSONField(default=dict, editable=False)
    search_text = models.TextField(blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("Subscription")
        verbose_name_plural = _("Subscriptions")
        ordering = ("-id",)
        constraints = (
            # Only one confirmed renewal replaces a subscription.
            models.UniqueConstraint(
                fields=("renewal_of",),
                condition=Q(renewal_of__isnull=False)
                & Q(state__in=("progress", "paused", "renewed")),
                name="subscription_renewed_once",
            ),
        )
        indexes = (
            models.Index(fields=("company", "-id"), name="subscription_list"),
            models.Index(
                fields=("next_on",),
                condition=Q(state="progress"),
                name="subscription_due",
            ),
            models.Index(fields=("salesperson", "-id"), name="subscription_mine"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def rhythm(self) -> Rhythm:
        """The periods of its plan."""
        week_start = self.company.profile().week_start
        plan = self.plan
        return Rhythm(plan.count, plan.unit, plan.is_aligned, week_start)  # type: ignore[arg-type]

    @property
    def is_live(self) -> bool:
        """Running, perhaps paused."""
        return self.state in {self.State.PROGRESS, self.State.PAUSED}


class PeriodInvoice(models.Model):
    """One period of a subscription, invoiced once for ever."""

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="periods"
    )
    number = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    invoice = models.ForeignKey(
        Invoice, models.SET_NULL, null=True, related_name="subscription_periods"
    )
    # Nothing of the period was to be invoiced.
    is_empty = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("subscription", "number"), name="period_invoiced_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subscription} {self.number}"


class MrrChange(models.Model):
    """A change of what a subscription brings in per month; never edited."""

    class Kind(models.TextChoices):
        NEW = "new", pgettext_lazy("mrr", "New")
        EXPANSION = "expansion", pgettext_lazy("mrr", "Expansion")
        CONTRACTION = "contraction", pgettext_lazy("mrr", "Contraction")
        TRANSFER = "transfer", pgettext_lazy("mrr", "Transfer")
        CHURN = "churn", pgettext_lazy("mrr", "Churn")

    subscription = models.ForeignKey(
        Subscription,
        models.CASCADE,
        related_name="changes",
        verbose_name=_("Subscription"),
    )
    company = models.ForeignKey(
        Company, models.PROTECT, related_name="+", verbose_name=_("Company")
    )
    day = models.DateField(_("Date"))
    kind = models.CharField(_("Kind"), max_length=11, choices=Kind)
    # In smallest units of the company, with its sign.
    amount = MoneyField(_("Change"))
    mrr = MoneyField(_("MRR afterwards"))

    class Meta:
        verbose_name = _("Change of recurring revenue")
        verbose_name_plural = _("Changes of recurring revenue")
        ordering = ("-day", "-id")
        indexes = (
            models.Index(fields=("company", "day", "amount"), name="mrr_change_day"),
        )

    def __str__(self) -> str:
        return f"{self.subscription} {self.day}"
