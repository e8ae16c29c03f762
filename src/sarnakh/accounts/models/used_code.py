"""Codes of the authenticator app that have been accepted."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

# Longer than a code stays valid (three steps of 30 seconds).
REMEMBERED = timedelta(minutes=5)


class UsedCode(models.Model):
    """A code that this user has used; the constraint lets it in only once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    code = models.CharField(max_length=10)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "code"), name="used_code_once"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.used_at}"

    @classmethod
    def take(cls, user_id: int, code: str) -> bool:
        """Note a valid code as used; False when somebody was faster."""
        old = timezone.now() - REMEMBERED
        try:
            with transaction.atomic():
                cls.objects.filter(user_id=user_id, used_at__lt=old).delete()
                cls.objects.create(user_id=user_id, code=code)
        except IntegrityError:
            return False
        return True
