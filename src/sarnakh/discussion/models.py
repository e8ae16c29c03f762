"""Messages, notes, notifications and followers of any record."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """A public message, an internal note, or an activity that was done.

    `details` says for an activity what was done, in the words of that day:
    `{"type", "code", "icon", "summary", "note", "assignee"}`.
    """

    class Kind(models.TextChoices):
        MESSAGE = "message", _("Message")
        NOTE = "note", _("Note")
        ACTIVITY = "activity", _("Activity done")

    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    body = models.TextField()
    details = models.JSONField(default=dict)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # Somebody without a log-in: a customer on a shared page.
    author_name = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    is_removed = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=("record_type", "record_id", "id"), name="message_of"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_manual(self) -> bool:
        """Whether a person wrote it, so that it may be edited and removed."""
        return self.kind != self.Kind.ACTIVITY and not self.is_removed


class Notification(models.Model):
    """Something that a user has not looked at yet, or has.

    Without a message it tells of an assignment; `text` then names the activity.
    """

    class Reason(models.TextChoices):
        MESSAGE = "message", _("Message")
        MENTION = "mention", _("Mention")
        ASSIGNED = "assigned", _("Assignment")
        ACTIVITY = "activity", _("Activity")

    reason = models.CharField(max_length=8, choices=Reason, default=Reason.MESSAGE)
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    text = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("message", "user"), name="notification_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("user", "record_type", "record_id"),
                name="notification_unread",
                condition=models.Q(read_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.reason} {self.record_type} {self.record_id}"


class Follower(models.Model):
    """A user who wants to hear about a record."""

    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("record_type", "record_id", "user"), name="follower_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} → {self.record_type} {self.record_id}"
