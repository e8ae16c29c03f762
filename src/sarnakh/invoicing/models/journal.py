"""Books that documents and payments are written in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.records.fields import NameField
from sarnakh.records.models import Record


class Journal(Record):
    """Its code begins the numbers of its documents: `INV/1405/00001`."""

    class Kind(models.TextChoices):
        SALE = "sale", _("Sales")
        BANK = "bank", _("Bank")
        CASH = "cash", _("Cash")
        CARD = "card", _("Card reader")
        CHEQUE = "cheque", _("Cheques")

    class ReferenceFrom(models.TextChoices):
        NUMBER = "number", _("Number of the invoice")
        CUSTOMER = "customer", _("Reference of the customer")
        NONE = "none", _("None")

    name = NameField(_("Journal"), max_length=100)
    code = models.CharField(_("Code"), max_length=8)
    company = models.ForeignKey(
        Company, models.CASCADE, related_name="+", verbose_name=_("Company")
    )
    kind = models.CharField(_("Kind"), max_length=6, choices=Kind, default=Kind.SALE)
    reference_from = models.CharField(
        _("Payment reference"),
        max_length=8,
        choices=ReferenceFrom,
        default=ReferenceFrom.NUMBER,
    )
    account_number = models.CharField(
        _("Account number (IBAN)"), max_length=40, blank=True, default=""
    )
    # Nothing may be posted up to this day.
    locked_until = models.DateField(_("Locked until"), null=True, blank=True)
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Journal")
        verbose_name_plural = _("Journals")
        ordering = ("sequence", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "code"), name="journal_code_unique"
            ),
        )

    def __str__(self) -> str:
        return self.name
