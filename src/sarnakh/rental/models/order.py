"""An order whose goods come back."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.contacts.models import Contact
from sarnakh.crm.models import Lead
from sarnakh.records.fields import FixedField
from sarnakh.records.models import Record
from sarnakh.sales.models import Order, OrderLine


class RentalOrder(Record):
    """The rental side of an order: its period, and how far it is.

    Number, customer, company, salesperson and opportunity are the order's, kept here
    for lists and visibility. The due instants are those of the earliest line of a
    confirmed order that still waits for its pickup, or for its return.
    """

    class Status(models.TextChoices):
        QUOTATION = "quotation", pgettext_lazy("rental", "Quotation")
        RESERVED = "reserved", pgettext_lazy("rental", "Reserved")
        OUT = "out", pgettext_lazy("rental", "Picked up")
        RETURNED = "returned", pgettext_lazy("rental", "Returned")
        CANCELLED = "cancelled", pgettext_lazy("rental", "Cancelled")

    order = models.OneToOneField(
        Order,
        models.CASCADE,
        related_name="rental",
        verbose_name=_("Sales order"),
        editable=False,
    )
    number = models.CharField(
        pgettext_lazy("document", "Number"), max_length=40, editable=False
    )
    company = models.ForeignKey(
        Company, models.PROTECT, related_name="+", verbose_name=_("Company")
    )
    customer = models.ForeignKey(
        Contact, models.PROTECT, related_name="rentals", verbose_name=_("Customer")
    )
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Salesperson"),
    )
    opportunity = models.ForeignKey(
        Lead,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="rentals",
        verbose_name=_("Opportunity"),
    )
    starts_at = models.DateTimeField(_("Pickup"))
    returns_at = models.DateTimeField(_("Return"))
    status = models.CharField(
        _("Status"),
        max_length=9,
        choices=Status,
        default=Status.QUOTATION,
        editable=False,
    )
    pickup_due_at = models.DateTimeField(_("Pickup due"), null=True, editable=False)
    return_due_at = models.DateTimeField(_("Return due"), null=True, editable=False)
    # The period changed since prices were computed.
    prices_are_stale = models.BooleanField(default=False, editable=False)
    # A manager has said: confirm it although not enough is free.
    allows_shortage = models.BooleanField(default=False, editable=False)
    search_text = models.TextField(blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("Rental")
        verbose_name_plural = _("Rentals")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(returns_at__gt=F("starts_at")), name="rental_returns_later"
            ),
        )
        indexes = (
            models.Index(fields=("company", "-id"), name="rental_list"),
            models.Index(fields=("status", "pickup_due_at"), name="rental_pickup_due"),
            models.Index(fields=("status", "return_due_at"), name="rental_return_due"),
        )

    def __str__(self) -> str:
        return self.number


class RentalLine(Record):
    """The rental side of an order line; product and quantity are the line's."""

    rental = models.ForeignKey(
        RentalOrder, models.CASCADE, related_name="lines", verbose_name=_("Rental")
    )
    order_line = models.OneToOneField(
        OrderLine, models.CASCADE, related_name="rental", editable=False
    )
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="+", verbose_name=_("Product")
    )
    quantity = FixedField(_("Quantity"), default=Decimal(1))
    unit_price = FixedField(_("Unit price"), default=Decimal(0))
    starts_at = models.DateTimeField(_("Pickup"))
    returns_at = models.DateTimeField(_("Return"))
    # With the time that the goods need before somebody else gets them.
    busy_until = models.DateTimeField(editable=False)
    picked_up = FixedField(_("Picked up"), editable=False)
    returned = FixedField(_("Returned"), editable=False)
    is_confirmed = models.BooleanField(default=False, editable=False)
    # Changing the period of a single line takes it off that of the order.
    has_own_period = models.BooleanField(default=False, editable=False)
    # What extensions have cost for each unit so far, on lines of their own.
    extension_price = FixedField(default=Decimal(0), editable=False)
    deposit_line = models.ForeignKey(
        OrderLine,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("Rented product")
        verbose_name_plural = _("Rented products")
        ordering = ("rental", "sequence", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(returns_at__gt=F("starts_at")),
                name="rental_line_returns_later",
            ),
            models.CheckConstraint(
                condition=Q(returned__gte=0, picked_up__gte=F("returned")),
                name="rental_line_returned_at_most_picked_up",
            ),
        )
        indexes = (
            models.Index(
                fields=("product", "starts_at"),
                condition=Q(is_confirmed=True),
                name="rental_line_busy",
            ),
        )

    def __str__(self) -> str:
        return str(self.product)

    @property
    def out(self) -> Decimal:
        """Units that are with the customer."""
        return self.picked_up - self.returned


class RentalGuard(models.Model):
    """One row for each product and company: whoever promises units of it changes the
    row first, so that two people never promise the same unit."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, models.CASCADE, related_name="+")
    ticket = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("product", "company"), name="rental_guard_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.product} {self.ticket}"


class RentalReminder(models.Model):
    """A reminder that was planned: once for each rental, kind and day."""

    class Kind(models.TextChoices):
        PICKUP = "pickup", _("Pickup")
        RETURN = "return", _("Return")
        LATE = "late", _("Late")

    rental = models.ForeignKey(RentalOrder, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=6, choices=Kind)
    due = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("rental", "kind", "due"), name="rental_reminder_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.rental} {self.kind} {self.due}"
