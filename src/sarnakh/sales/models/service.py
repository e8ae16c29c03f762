"""Products that the product itself sells: discounts, advances."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product


class ServiceProduct(models.Model):
    """The one product that stands for a purpose in a company; made when needed."""

    class Purpose(models.TextChoices):
        DISCOUNT = "discount", _("Discount")
        DOWNPAYMENT = "downpayment", _("Down payment")
        LATE_RETURN = "late-return", _("Late return")
        EXTENSION = "extension", _("Extension of a rental")
        PROMOTION = "promotion", _("Promotion")

    company = models.ForeignKey(Company, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=11, choices=Purpose)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("company", "purpose"), name="service_product_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {self.product}"
