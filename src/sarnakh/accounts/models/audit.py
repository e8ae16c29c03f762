"""The append-only log of what matters for safety."""

import json
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(Exception):
    """An entry was about to be changed or removed; that is a bug."""


class AuditEntries(models.QuerySet["AuditEntry"]):
    """Rows that can be added and read, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class AuditEntry(models.Model):
    """One act: what, who, from where; chained to the entry before by hashes.

    The chain of a company has its number, 0 is the chain of acts outside any
    company. Links have no database constraint, so that nothing ever has to
    change an entry.
    """

    chain = models.PositiveBigIntegerField(editable=False)
    number = models.PositiveBigIntegerField(editable=False)
    previous = models.CharField(max_length=64, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(_("Time"), editable=False)
    event = models.CharField(_("Event"), max_length=40, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        editable=False,
        verbose_name=_("User"),
    )
    company = models.ForeignKey(
        "accounts.Company",
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        editable=False,
        verbose_name=_("Company"),
    )
    address = models.CharField(
        _("Address"), max_length=45, blank=True, default="", editable=False
    )
    device = models.CharField(
        _("Device"), max_length=200, blank=True, default="", editable=False
    )
    subject = models.CharField(
        _("Subject"), max_length=300, blank=True, default="", editable=False
    )
    # JSON as text: the hash covers exactly what is stored, on both databases.
    body = models.TextField(default="{}", editable=False)

    objects: ClassVar[models.Manager["AuditEntry"]] = AuditEntries.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("chain", "number"), name="audit_entry_number"
            ),
        )
        indexes = (models.Index(fields=("company", "-at"), name="audit_by_company"),)

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; refuse to change one."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Entries stay."""
        raise AppendOnly

    @property
    def details(self) -> dict[str, Any]:
        """What the act was about, as plain values."""
        values: dict[str, Any] = json.loads(self.body)
        return values
