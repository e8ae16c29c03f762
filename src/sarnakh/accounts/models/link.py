"""Links that let somebody in once: invitation, new password, new address."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class OneTimeLink(models.Model):
    """A link that was sent; only a hash of its token is kept."""

    class Purpose(models.TextChoices):
        """What following the link does."""

        INVITATION = "invitation"
        RESET = "reset"
        EMAIL = "email"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="one_time_links"
    )
    purpose = models.CharField(max_length=12, choices=Purpose)
    digest = models.CharField(max_length=64, unique=True)
    # The new address, for links that confirm one.
    detail = models.CharField(max_length=254, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
