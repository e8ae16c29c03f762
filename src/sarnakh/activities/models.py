"""Planned to-dos on any record."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sarnakh.records.fields import NameField
from sarnakh.records.models import Record


class ActivityType(Record):
    """Call, e-mail, meeting, to-do …: what kind of work is planned.

    Shipped types have a `code`; their English names are read in every language.
    """

    class Unit(models.TextChoices):
        DAYS = "days", _("days")
        WEEKS = "weeks", _("weeks")
        MONTHS = "months", _("months")

    name = NameField(_("Name"), max_length=60)
    icon = models.CharField(_("Icon"), max_length=30, default="check")
    summary = models.CharField(
        _("Default summary"), max_length=200, blank=True, default=""
    )
    delay = models.PositiveIntegerField(_("Due after"), default=0)
    unit = models.CharField(_("Unit"), max_length=6, choices=Unit, default=Unit.DAYS)
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    active = models.BooleanField(_("Active"), default=True)
    code = models.CharField(max_length=20, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("Activity type")
        verbose_name_plural = _("Activity types")
        ordering = ("sequence", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("code",),
                condition=~models.Q(code=""),
                name="activity_type_code_unique",
            ),
        )

    def __str__(self) -> str:
        return gettext(self.name) if self.code else self.name


class Activity(Record):
    """Something that somebody will do about a record by a certain day.

    `today_from` and `overdue_from` are the instants at which the deadline's day
    begins and ends in the assignee's time zone: the state follows from them
    without knowing whose zone it was.
    """

    record_type = models.CharField(_("Record type"), max_length=40)
    record_id = models.BigIntegerField(_("Record"))
    record_title = models.CharField(
        _("Title"), max_length=200, blank=True, default="", editable=False
    )
    type = models.ForeignKey(
        ActivityType,
        models.PROTECT,
        related_name="activities",
        verbose_name=_("Type"),
    )
    summary = models.CharField(_("Summary"), max_length=200, blank=True, default="")
    note = models.TextField(_("Note"), blank=True, default="")
    deadline = models.DateField(_("Deadline"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="activities",
        verbose_name=_("Assigned to"),
    )
    today_from = models.DateTimeField(_("Due from"), editable=False)
    overdue_from = models.DateTimeField(_("Overdue from"), editable=False)
    done_at = models.DateTimeField(_("Done on"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    feedback = models.TextField(_("Feedback"), blank=True, default="")

    class Meta:
        verbose_name = _("Activity")
        verbose_name_plural = _("Activities")
        ordering = ("deadline", "id")
        indexes = (
            models.Index(
                fields=("record_type", "record_id", "deadline"),
                name="activity_open_of",
                condition=models.Q(done_at=None),
            ),
            models.Index(
                fields=("user", "deadline"),
                name="activity_open_mine",
                condition=models.Q(done_at=None),
            ),
        )

    def __str__(self) -> str:
        return self.summary or str(self.type)

    @property
    def state(self) -> str:
        """ "overdue", "today", "planned" or "done"."""
        now = timezone.now()
        if self.done_at:
            return "done"
        if self.overdue_from <= now:
            return "overdue"
        return "today" if self.today_from <= now else "planned"
