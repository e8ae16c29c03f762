"""A person or a company that we sell to or work with."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.records.fields import NameField, RichTextField
from sarnakh.records.models import Record

ADDRESS = ("street", "street2", "city", "zip", "state", "country")


class ContactTag(Record):
    """A coloured word for sorting contacts."""

    name = NameField(_("Name"), max_length=60, unique=True)
    tone = models.PositiveSmallIntegerField(_("Colour"), default=1)

    class Meta:
        verbose_name = _("Contact tag")
        verbose_name_plural = _("Contact tags")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """The six address fields that travel together."""

    street = models.CharField(_("Street"), max_length=200, blank=True, default="")
    street2 = models.CharField(_("Street 2"), max_length=200, blank=True, default="")
    city = models.CharField(_("City"), max_length=100, blank=True, default="")
    zip = models.CharField(_("Postal code"), max_length=20, blank=True, default="")
    state = models.CharField(_("State"), max_length=100, blank=True, default="")
    # Described as a choice by `contacts.countries`: names belong to the reader's
    # language and must not be frozen into migrations.
    country = models.CharField(_("Country"), max_length=2, blank=True, default="")

    class Meta:
        abstract = True


class Contact(Record, Address):
    """One card of the directory."""

    class Title(models.TextChoices):
        MR = "mr", _("Mr")
        MS = "ms", _("Ms")
        DR = "dr", _("Dr")
        ENGINEER = "engineer", _("Engineer")

    class AddressKind(models.TextChoices):
        CONTACT = "contact", _("Contact")
        INVOICE = "invoice", _("Invoice address")
        DELIVERY = "delivery", _("Delivery address")
        OTHER = "other", _("Other address")

    name = NameField(_("Name"), max_length=200)
    is_company = models.BooleanField(_("Is a company"), default=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Parent company"),
    )
    company_name = NameField(_("Company name"), max_length=200, blank=True, default="")
    title = models.CharField(
        _("Title"), max_length=10, blank=True, default="", choices=Title
    )
    job_position = models.CharField(
        _("Job position"), max_length=120, blank=True, default=""
    )
    email = models.CharField(_("Email"), max_length=254, blank=True, default="")
    phone = models.CharField(_("Phone"), max_length=60, blank=True, default="")
    mobile = models.CharField(_("Mobile"), max_length=60, blank=True, default="")
    website = models.CharField(_("Website"), max_length=200, blank=True, default="")
    language = models.CharField(
        _("Language"),
        max_length=5,
        blank=True,
        default="",
        choices=settings.LANGUAGES,
    )
    reference = models.CharField(_("Reference"), max_length=60, blank=True, default="")
    address_kind = models.CharField(
        _("Kind of address"),
        max_length=8,
        choices=AddressKind,
        default=AddressKind.CONTACT,
    )
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
    tags = models.ManyToManyField(
        ContactTag, blank=True, related_name="contacts", verbose_name=_("Tags")
    )
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Salesperson"),
    )
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Company"),
    )
    notes = RichTextField(_("Notes"), blank=True, default="")
    active = models.BooleanField(_("Active"), default=True)
    # Computed at every write by `people.actions`.
    email_normalized = models.CharField(
        max_length=254, blank=True, default="", editable=False, db_index=True
    )
    phone_e164 = models.CharField(
        max_length=20, blank=True, default="", editable=False, db_index=True
    )
    sort_key = models.CharField(
        max_length=300, blank=True, default="", editable=False, db_index=True
    )
    search_text = models.TextField(blank=True, default="", editable=False)
    name_key = models.CharField(
        max_length=200, blank=True, default="", editable=False, db_index=True
    )

    class Meta:
        verbose_name = _("Contact")
        verbose_name_plural = _("Contacts")
        ordering = ("sort_key", "id")

    def __str__(self) -> str:
        return self.name
