"""Language, calendar, digits and clock: what a person or a company prefers."""

from typing import cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.lib.digits import Digits as DigitStyle
from sarnakh.lib.profile import Profile


class Language(models.TextChoices):
    """Languages of the product."""

    FA = "fa", _("Persian")
    AR = "ar", _("Arabic")
    EN = "en", _("English")


class CalendarKind(models.TextChoices):
    """Calendars that dates are shown and typed in."""

    JALALI = "jalali", _("Jalali (Solar Hijri)")
    GREGORIAN = "gregorian", _("Gregorian")
    HIJRI = "hijri", _("Hijri (lunar)")


class Digits(models.TextChoices):
    """Digit styles."""

    FA = "fa", _("Persian ۰۱۲۳")
    AR = "ar", _("Arabic ٠١٢٣")
    LATIN = "latin", _("Latin 0123")


class WeekStart(models.IntegerChoices):
    """First day of the week, numbered as Python does (Monday = 0)."""

    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")
    MONDAY = 0, _("Monday")


class HasProfile(models.Model):
    """The five preferences that every shown date and number follows."""

    language = models.CharField(
        _("Language"), max_length=5, choices=Language, default=Language.FA
    )
    calendar = models.CharField(
        _("Calendar"),
        max_length=10,
        choices=CalendarKind,
        default=CalendarKind.JALALI,
    )
    digits = models.CharField(
        _("Digits"), max_length=5, choices=Digits, default=Digits.FA
    )
    timezone = models.CharField(_("Time zone"), max_length=40, default="Asia/Tehran")
    week_start = models.PositiveSmallIntegerField(
        _("First day of the week"), choices=WeekStart, default=WeekStart.SATURDAY
    )

    class Meta:
        abstract = True

    def profile(self, *, toman: bool = False) -> Profile:
        """The plain values that formatting and parsing take."""
        return Profile(
            language=self.language,
            calendar=self.calendar,
            digits=cast("DigitStyle", self.digits),
            timezone=self.timezone,
            week_start=self.week_start,
            toman=toman,
        )
