"""What somebody was reminded of, so that nobody is reminded twice."""

from django.db import models
from django.utils import timezone

from sarnakh.sales.models.order import Order


class Reminder(models.Model):
    """One reminder about an order: its kind, and the day it was about."""

    class Kind(models.TextChoices):
        EXPIRING = "expiring"
        UNANSWERED = "unanswered"

    order = models.ForeignKey(Order, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind)
    due = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("order", "kind", "due"), name="order_reminder_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.order_id} {self.due}"
