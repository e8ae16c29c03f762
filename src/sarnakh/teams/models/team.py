"""A sales team and who belongs to it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.records.fields import MoneyField, NameField
from sarnakh.records.models import Record


class Team(Record):
    """People who sell together; owns stages and added fields of its records."""

    class AcceptsFrom(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        CONTACTS = "contacts", _("Known contacts")
        FOLLOWERS = "followers", _("Followers of the team")

    name = NameField(_("Sales team"), max_length=100)
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    active = models.BooleanField(_("Active"), default=True)
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Company"),
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Team leader"),
    )
    uses_pipeline = models.BooleanField(_("Pipeline"), default=True)
    uses_leads = models.BooleanField(_("Leads"), default=False)
    uses_quotations = models.BooleanField(_("Quotations"), default=False)
    alias = models.CharField(_("Email alias"), max_length=64, blank=True, default="")
    accepts_from = models.CharField(
        _("Accept emails from"),
        max_length=9,
        choices=AcceptsFrom,
        default=AcceptsFrom.EVERYONE,
    )
    # Whole smallest units of the company's currency, without tax, for one month.
    invoicing_target = MoneyField(_("Invoicing target"))
    favourite_of = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="favourite_teams"
    )
    tone = models.PositiveSmallIntegerField(_("Colour"), default=0)

    class Meta:
        verbose_name = _("Sales team")
        verbose_name_plural = _("Sales teams")
        ordering = ("sequence", "-created_at", "-id")

    def __str__(self) -> str:
        return self.name


class Member(Record):
    """A user's place in a team; leaving a team archives it."""

    team = models.ForeignKey(
        Team, models.CASCADE, related_name="members", verbose_name=_("Sales team")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("User"),
    )
    active = models.BooleanField(_("Active"), default=True)
    capacity = models.PositiveIntegerField(_("Leads per 30 days"), default=30)
    opted_out = models.BooleanField(_("No automatic assignment"), default=False)

    class Meta:
        verbose_name = _("Team member")
        verbose_name_plural = _("Team members")
        ordering = ("team", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("team", "user"),
                condition=models.Q(active=True),
                name="member_once_in_team",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.team}"
