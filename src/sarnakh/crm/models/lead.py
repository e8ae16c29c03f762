"""A lead or an opportunity: one record from first contact to won or lost."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.models import Company
from sarnakh.contacts.models import Contact
from sarnakh.contacts.models.contact import Address
from sarnakh.crm.models.lost_reason import LostReason
from sarnakh.crm.models.recurring_plan import RecurringPlan
from sarnakh.crm.models.stage import Stage
from sarnakh.records.fields import MoneyField, NameField, RichTextField
from sarnakh.records.models import Record
from sarnakh.sources.models import Campaign, Medium, Source, Tag
from sarnakh.teams.models import Team


class LeadQuerySet(models.QuerySet["Lead"]):
    """Words of the pipeline."""

    def open(self) -> "LeadQuerySet":
        """Neither won nor lost."""
        return self.filter(active=True, probability__lt=100)

    def won(self) -> "LeadQuerySet":
        """In a won stage."""
        return self.filter(active=True, is_won=True)

    def lost(self) -> "LeadQuerySet":
        """Archived with probability 0."""
        return self.filter(active=False, probability=0)


class Lead(Record, Address):
    """Fields and cheap words only; what it can do stands in `crm/leads/`."""

    class Kind(models.TextChoices):
        LEAD = "lead", _("Lead")
        OPPORTUNITY = "opportunity", _("Opportunity")

    class Priority(models.IntegerChoices):
        LOW = 0, pgettext_lazy("priority", "Low")
        MEDIUM = 1, pgettext_lazy("priority", "Medium")
        HIGH = 2, pgettext_lazy("priority", "High")
        VERY_HIGH = 3, pgettext_lazy("priority", "Very high")

    class Quality(models.TextChoices):
        CORRECT = "correct", _("Correct")
        INCORRECT = "incorrect", _("Incorrect")

    name = NameField(_("Opportunity"), max_length=500)
    kind = models.CharField(
        _("Kind"), max_length=11, choices=Kind, default=Kind.OPPORTUNITY
    )
    active = models.BooleanField(_("Active"), default=True)
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("Salesperson"),
    )
    team = models.ForeignKey(
        Team,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Sales team"),
    )
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Company"),
    )
    stage = models.ForeignKey(
        Stage,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="leads",
        verbose_name=_("Stage"),
    )
    priority = models.PositiveSmallIntegerField(
        _("Priority"), choices=Priority, default=Priority.LOW
    )
    tags = models.ManyToManyField(
        Tag, blank=True, related_name="leads", verbose_name=_("Tags")
    )
    tone = models.PositiveSmallIntegerField(_("Colour"), default=0)
    expected_revenue = MoneyField(_("Expected revenue"))
    prorated_revenue = MoneyField(_("Prorated revenue"), editable=False)
    recurring_revenue = MoneyField(_("Recurring revenue"))
    recurring_plan = models.ForeignKey(
        RecurringPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Recurring plan"),
    )
    recurring_revenue_monthly = MoneyField(_("Expected MRR"), editable=False)
    probability = models.FloatField(_("Probability"), default=0)
    automated_probability = models.FloatField(
        _("Automated probability"), default=0, editable=False
    )
    is_won = models.BooleanField(_("Won"), default=False, editable=False)
    expected_closing = models.DateField(_("Expected closing"), null=True, blank=True)
    lost_reason = models.ForeignKey(
        LostReason,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("Lost reason"),
    )
    customer = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("Customer"),
    )
    contact_name = NameField(_("Contact name"), max_length=200, blank=True, default="")
    company_name = NameField(_("Company name"), max_length=200, blank=True, default="")
    job_position = models.CharField(
        _("Job position"), max_length=120, blank=True, default=""
    )
    title = models.CharField(
        _("Title"), max_length=10, blank=True, default="", choices=Contact.Title
    )
    website = models.CharField(_("Website"), max_length=200, blank=True, default="")
    language = models.CharField(
        _("Language"),
        max_length=5,
        blank=True,
        default="",
        choices=settings.LANGUAGES,
    )
    email = models.CharField(_("Email"), max_length=500, blank=True, default="")
    email_cc = models.CharField(_("Email cc"), max_length=500, blank=True, default="")
    phone = models.CharField(_("Phone"), max_length=60, blank=True, default="")
    mobile = models.CharField(_("Mobile"), max_length=60, blank=True, default="")
    description = RichTextField(_("Notes"), blank=True, default="")
    campaign = models.ForeignKey(
        Campaign,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Campaign"),
    )
    medium = models.ForeignKey(
        Medium,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Medium"),
    )
    source = models.ForeignKey(
        Source,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Source"),
    )
    referred_by = models.CharField(
        _("Referred by"), max_length=200, blank=True, default=""
    )
    properties = models.JSONField(_("Properties"), default=dict, blank=True)

    # Dates that the pipeline writes by itself.
    date_open = models.DateTimeField(
        _("Assignment date"), null=True, blank=True, editable=False
    )
    date_closed = models.DateTimeField(
        _("Closed date"), null=True, blank=True, editable=False
    )
    date_conversion = models.DateTimeField(
        _("Conversion date"), null=True, blank=True, editable=False
    )
    date_last_stage_update = models.DateTimeField(
        _("Last stage update"), default=timezone.now, editable=False
    )
    days_to_assign = models.IntegerField(
        _("Days to assign"), null=True, blank=True, editable=False
    )
    days_to_close = models.IntegerField(
        _("Days to close"), null=True, blank=True, editable=False
    )

    # Computed at every write by `leads/derived.py`.
    email_normalized = models.CharField(
        max_length=254, blank=True, default="", editable=False
    )
    email_domain_criterion = models.CharField(
        max_length=254, blank=True, default="", editable=False
    )
    phone_e164 = models.CharField(max_length=20, blank=True, default="", editable=False)
    email_quality = models.CharField(
        _("Email quality"),
        max_length=9,
        blank=True,
        default="",
        choices=Quality,
        editable=False,
    )
    phone_quality = models.CharField(
        _("Phone quality"),
        max_length=9,
        blank=True,
        default="",
        choices=Quality,
        editable=False,
    )
    sort_key = models.CharField(max_length=300, blank=True, default="", editable=False)
    search_text = models.TextField(blank=True, default="", editable=False)
    # The earliest instants of the open activities; see `activities.Activity`.
    activity_today_from = models.DateTimeField(
        _("Next activity is due from"), null=True, blank=True, editable=False
    )
    activity_overdue_from = models.DateTimeField(
        _("Next activity is late from"), null=True, blank=True, editable=False
    )

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("Lead")
        verbose_name_plural = _("Leads")
        ordering = ("-priority", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=100),
                name="lead_probability_0_100",
            ),
            models.CheckConstraint(
                condition=Q(priority__lte=3), name="lead_priority_0_3"
            ),
        )
        indexes = (
            # A lane of the board, and the list in its usual order.
            models.Index(
                fields=("kind", "active", "stage", "-priority", "-id"),
                name="lead_lane",
            ),
            # With the company, so that skipping to a far page reads no rows.
            models.Index(
                fields=("kind", "active", "-priority", "-id", "company"),
                name="lead_list",
            ),
            models.Index(
                fields=("salesperson", "kind", "active", "stage", "-priority", "-id"),
                name="lead_mine",
            ),
            models.Index(
                fields=("kind", "active", "-expected_revenue", "-priority", "-id"),
                name="lead_by_revenue",
            ),
            models.Index(
                fields=("kind", "active", "sort_key", "-priority", "-id"),
                name="lead_by_name",
            ),
            models.Index(
                fields=("kind", "active", "-created_at", "-id"),
                name="lead_by_age",
            ),
            models.Index(
                fields=("kind", "active", "expected_closing", "-priority", "-id"),
                name="lead_by_closing",
            ),
            # What a person has won in this year, and the best of it.
            models.Index(
                fields=("salesperson", "date_closed", "expected_revenue"),
                condition=Q(active=True, is_won=True),
                name="lead_own_wins",
            ),
            # The figures of the teams' cards, each read from its index alone.
            models.Index(
                fields=(
                    "team",
                    "expected_closing",
                    "company",
                    "salesperson",
                    "expected_revenue",
                ),
                condition=Q(kind="opportunity", active=True, probability__lt=100),
                name="lead_overdue",
            ),
            models.Index(
                fields=("team", "created_at", "company", "salesperson"),
                condition=Q(kind="opportunity", active=True),
                name="lead_new_in_team",
            ),
            models.Index(
                fields=("team",),
                condition=Q(kind="opportunity", active=True)
                & (
                    Q(is_won=True, probability__lt=100)
                    | Q(is_won=False, probability__gte=100)
                ),
                name="lead_odd_probability",
            ),
            # The best deals of a team in the last days.
            models.Index(
                fields=(
                    "team",
                    "probability",
                    "date_closed",
                    "active",
                    "expected_revenue",
                ),
                name="lead_wins",
            ),
            # Not partial: SQLite does not see that a value sought is not empty.
            models.Index(fields=("email_normalized",), name="lead_email"),
            models.Index(fields=("email_domain_criterion",), name="lead_domain"),
            models.Index(fields=("phone_e164",), name="lead_phone"),
            models.Index(
                fields=(
                    "kind",
                    "active",
                    "stage",
                    "activity_overdue_from",
                    "activity_today_from",
                    "salesperson",
                    "company",
                ),
                name="lead_activity",
                condition=Q(activity_today_from__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_lost(self) -> bool:
        """Archived with probability 0."""
        return not self.active and self.probability == 0

    @property
    def is_open(self) -> bool:
        """Neither won nor lost."""
        return self.active and self.probability < 100

    @property
    def is_automated(self) -> bool:
        """Whether the probability is the computed one, at two decimals."""
        return round(self.probability, 2) == round(self.automated_probability, 2)

    @property
    def activity_state(self) -> str:
        """The worst state of the open activities: overdue, today, planned, none."""
        return activity_state(
            self.activity_today_from, self.activity_overdue_from, timezone.now()
        )


def activity_state(
    today_from: dt.datetime | None, overdue_from: dt.datetime | None, now: dt.datetime
) -> str:
    """The state that two instants mean at a moment; see `activities.Activity`."""
    if today_from is None or overdue_from is None:
        return "none"
    if overdue_from <= now:
        return "overdue"
    return "today" if today_from <= now else "planned"
