"""The selling company: its currency and the profile of everything shared."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models.profile import HasProfile
from sarnakh.lib.money import CURRENCIES


class Company(HasProfile):
    """A company whose people work here; records may belong to one."""

    name = models.CharField(_("Name"), max_length=200)
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
    active = models.BooleanField(_("Active"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Company")
        verbose_name_plural = _("Companies")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name
