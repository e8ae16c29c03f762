"""The selling company: its currency and the profile of everything shared."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models.profile import HasProfile
from sarnakh.lib.money import CURRENCIES


class Company(HasProfile):
    """A company whose people work here; records may belong to one."""

    name = models.CharField(_("Name"), max_length=200)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("Parent company"),
    )
    currency = models.CharField(
        _("Currency"),
        max_length=3,
        default="IRR",
        choices=[(code, code) for code in CURRENCIES],
    )
    shows_toman = models.BooleanField(_("Show amounts in Toman"), default=False)
    country = models.CharField(_("Country"), max_length=2, default="IR")
    mail_domain = models.CharField(
        _("Mail domain"), max_length=200, blank=True, default=""
    )
    email = models.EmailField(_("Email"), blank=True, default="")
    phone = models.CharField(_("Phone"), max_length=40, blank=True, default="")
    address = models.TextField(_("Address"), blank=True, default="")
    city = models.CharField(_("City"), max_length=100, blank=True, default="")
    state = models.CharField(_("State"), max_length=100, blank=True, default="")
    zip = models.CharField(_("Postal code"), max_length=20, blank=True, default="")
    website = models.CharField(_("Website"), max_length=200, blank=True, default="")
    national_id = models.CharField(
        _("National ID"), max_length=20, blank=True, default=""
    )
    economic_number = models.CharField(
        _("Economic number"), max_length=20, blank=True, default=""
    )
    registration_number = models.CharField(
        _("Registration number"), max_length=20, blank=True, default=""
    )
    tax_number = models.CharField(
        _("Tax number"), max_length=30, blank=True, default=""
    )
    # SHA-256 of the bytes below the folder of files; empty without a logo.
    logo_digest = models.CharField(
        max_length=64, blank=True, default="", editable=False
    )
    active = models.BooleanField(_("Active"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Company")
        verbose_name_plural = _("Companies")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name
