"""Goods on their way to a customer, or back."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.contacts.models import Contact
from sarnakh.delivery.models.shipping import ShippingMethod
from sarnakh.delivery.models.stock import Warehouse
from sarnakh.records.fields import FixedField
from sarnakh.records.models import Record


class Delivery(Record):
    """One transfer; `direction` tells whether goods leave or come back."""

    class Direction(models.TextChoices):
        OUT = "out", _("Delivery")
        IN = "in", _("Return")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("delivery", "Draft")
        WAITING = "waiting", pgettext_lazy("delivery", "Waiting")
        READY = "ready", pgettext_lazy("delivery", "Ready")
        DONE = "done", pgettext_lazy("delivery", "Done")
        CANCELLED = "cancelled", pgettext_lazy("delivery", "Cancelled")

    class ShippingPolicy(models.TextChoices):
        SOON = "soon", _("As soon as possible")
        TOGETHER = "together", _("When all is ready")

    number = models.CharField(
        pgettext_lazy("document", "Number"), max_length=40, editable=False
    )
    direction = models.CharField(
        _("Direction"),
        max_length=3,
        choices=Direction,
        default=Direction.OUT,
        editable=False,
    )
    state = models.CharField(
        _("Status"), max_length=9, choices=State, default=State.DRAFT, editable=False
    )
    company = models.ForeignKey(
        Company, models.PROTECT, related_name="+", verbose_name=_("Company")
    )
    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", verbose_name=_("Warehouse")
    )
    customer = models.ForeignKey(
        Contact, models.PROTECT, related_name="deliveries", verbose_name=_("Customer")
    )
    # Of the order behind it: who sees own documents only sees it by this.
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("Salesperson"),
    )
    origin = models.CharField(
        _("Source document"), max_length=200, blank=True, default="", editable=False
    )
    shipping_policy = models.CharField(
        _("Shipping policy"),
        max_length=8,
        choices=ShippingPolicy,
        default=ShippingPolicy.SOON,
    )
    scheduled_at = models.DateTimeField(_("Scheduled date"), null=True, blank=True)
    deadline_at = models.DateTimeField(_("Deadline"), null=True, blank=True)
    done_at = models.DateTimeField(_("Delivered on"), null=True, editable=False)
    backorder_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="backorders",
        verbose_name=_("Backorder of"),
    )
    return_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="returns",
        verbose_name=_("Return of"),
    )
    method = models.ForeignKey(
        ShippingMethod,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Shipping method"),
    )
    tracking = models.CharField(
        _("Tracking reference"), max_length=100, blank=True, default=""
    )
    note = models.TextField(_("Note"), blank=True, default="")
    search_text = models.TextField(blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("Delivery")
        verbose_name_plural = _("Deliveries")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("company", "number"), name="delivery_number_unique"
            ),
        )
        indexes = (
            models.Index(fields=("state", "scheduled_at"), name="delivery_due"),
            models.Index(fields=("company", "-id"), name="delivery_list"),
            models.Index(fields=("customer", "-id"), name="delivery_customer"),
        )

    def __str__(self) -> str:
        return self.number


class Move(Record):
    """So much of one product in a delivery, in the product's unit."""

    delivery = models.ForeignKey(
        Delivery, models.CASCADE, related_name="moves", verbose_name=_("Delivery")
    )
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="+", verbose_name=_("Product")
    )
    sequence = models.PositiveIntegerField(default=10)
    description = models.TextField(_("Description"), blank=True, default="")
    demand = FixedField(_("Demand"))
    reserved = FixedField(_("Reserved"), editable=False)
    done = FixedField(_("Done"), default=Decimal(0))
    is_cancelled = models.BooleanField(default=False, editable=False)
    return_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="returns",
    )
    # Whether a return takes the quantity off what the order has delivered.
    updates_order = models.BooleanField(_("Update order quantities"), default=True)

    class Meta:
        verbose_name = _("Move")
        verbose_name_plural = _("Moves")
        ordering = ("delivery", "sequence", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(demand__gte=0, reserved__gte=0, done__gte=0),
                name="move_not_negative",
            ),
        )

    def __str__(self) -> str:
        return f"{self.delivery} {self.product}"


class LateReminder(models.Model):
    """A reminder of a late delivery: once for each delivery and day it was due."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="reminders")
    due = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("delivery", "due"), name="delivery_reminder_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.delivery} {self.due}"
