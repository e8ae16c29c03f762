"""Keys of the programming interface, and answers to give twice."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ApiKey(models.Model):
    """Lets a program act as a user; only a hash of the key is kept.

    `types` narrows it to some record types, empty means all. `minute` and `calls`
    count its requests in the running minute, for all processes together.
    """

    class Scope(models.TextChoices):
        READ = "read", _("Read only")
        WRITE = "write", _("Read and write")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_keys"
    )
    name = models.CharField(_("Name"), max_length=100)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(
        _("Scope"), max_length=5, choices=Scope, default=Scope.READ
    )
    types = models.JSONField(_("Record types"), default=list, blank=True)
    expires_at = models.DateTimeField(_("Expires on"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("Last used"), null=True, blank=True)
    created_at = models.DateTimeField(_("Created on"), default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    minute = models.BigIntegerField(default=0, editable=False)
    calls = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.name

    @property
    def is_valid(self) -> bool:
        """Neither revoked nor expired."""
        is_over = self.expires_at is not None and self.expires_at <= timezone.now()
        return self.revoked_at is None and not is_over


class IdempotentAnswer(models.Model):
    """What a request with an `Idempotency-Key` was answered, to answer it again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    method = models.CharField(max_length=7)
    path = models.CharField(max_length=300)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "key"), name="idempotent_answer_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"
