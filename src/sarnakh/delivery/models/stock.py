"""Warehouses and what lies in them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.records.fields import FixedField, NameField
from sarnakh.records.models import Record


class Warehouse(Record):
    """A place that goods leave from; its code begins the numbers of deliveries."""

    name = NameField(_("Warehouse"), max_length=100)
    code = models.CharField(_("Code"), max_length=8, default="WH")
    company = models.ForeignKey(
        Company, models.CASCADE, related_name="+", verbose_name=_("Company")
    )
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Warehouse")
        verbose_name_plural = _("Warehouses")
        ordering = ("sequence", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "code"), name="warehouse_code_unique"
            ),
        )

    def __str__(self) -> str:
        return self.name


class StockLevel(Record):
    """A storable product in a warehouse, in the product's unit.

    `rented` units belong to us and are out with customers; `reserved` ones are
    promised to open deliveries.
    """

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="levels", verbose_name=_("Product")
    )
    warehouse = models.ForeignKey(
        Warehouse, models.CASCADE, related_name="levels", verbose_name=_("Warehouse")
    )
    on_hand = FixedField(_("On hand"))
    reserved = FixedField(_("Reserved"))
    rented = FixedField(_("Rented out"))

    class Meta:
        verbose_name = _("Stock level")
        verbose_name_plural = _("Stock levels")
        ordering = ("product", "warehouse")
        constraints = (
            models.UniqueConstraint(
                fields=("product", "warehouse"), name="stock_level_once"
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, rented__gte=0),
                name="stock_level_not_negative",
            ),
        )

    def __str__(self) -> str:
        return f"{self.product} · {self.warehouse}"
