"""Letters, what is attached to them, and the words they begin with."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.models import Company
from sarnakh.records.fields import NameField, RichTextField
from sarnakh.records.models import Record


def _opaque() -> str:
    return secrets.token_hex(16)


class Letter(Record):
    """One message to one recipient.

    `record_type` and `record_id` name what it is about. `opaque` is the part of
    its Message-ID before the domain and never changes, so that a letter sent twice
    is known as one.
    """

    class State(models.TextChoices):
        OUTGOING = "outgoing", pgettext_lazy("letter", "Waiting")
        SENT = "sent", pgettext_lazy("letter", "Sent")
        FAILED = "failed", pgettext_lazy("letter", "Failed")
        CANCELLED = "cancelled", pgettext_lazy("letter", "Cancelled")

    class Failure(models.TextChoices):
        NONE = "", "–"
        SERVER = "server", _("The mail server could not be reached")
        BUSY = "busy", _("The mail server asked to try later")
        ADDRESS = "address", _("The address was refused")
        REFUSED = "refused", _("The letter was refused")
        CONTENT = "content", _("The letter could not be put together")

    company = models.ForeignKey(
        Company, models.PROTECT, related_name="+", verbose_name=_("Company")
    )
    state = models.CharField(
        _("Status"),
        max_length=9,
        choices=State,
        default=State.OUTGOING,
        editable=False,
    )
    record_type = models.CharField(
        _("Document type"), max_length=40, blank=True, default="", editable=False
    )
    record_id = models.BigIntegerField(null=True, blank=True, editable=False)
    record_title = models.CharField(
        _("Document"), max_length=200, blank=True, default="", editable=False
    )
    purpose = models.CharField(max_length=40, blank=True, default="", editable=False)
    recipient_name = models.CharField(
        _("Recipient"), max_length=200, blank=True, default="", editable=False
    )
    recipient = models.CharField(_("Email"), max_length=254, editable=False)
    sender_name = models.CharField(
        _("Sender"), max_length=200, blank=True, default="", editable=False
    )
    reply_to = models.CharField(
        _("Reply to"), max_length=254, blank=True, default="", editable=False
    )
    language = models.CharField(
        _("Language"), max_length=5, choices=settings.LANGUAGES, editable=False
    )
    subject = models.CharField(_("Subject"), max_length=300, editable=False)
    body = RichTextField(_("Text"), blank=True, default="", editable=False)
    # `[[word, value], …]` above the text, and the word on the button below it.
    summary = models.JSONField(default=list, blank=True, editable=False)
    link_label = models.CharField(
        max_length=100, blank=True, default="", editable=False
    )
    is_automatic = models.BooleanField(_("Automatic"), default=False, editable=False)
    opaque = models.CharField(
        max_length=32, unique=True, default=_opaque, editable=False
    )
    attempts = models.PositiveSmallIntegerField(
        _("Attempts"), default=0, editable=False
    )
    next_at = models.DateTimeField(
        _("Next attempt"), default=timezone.now, null=True, blank=True, editable=False
    )
    # While a worker is busy with it; long past when that worker died.
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    failure = models.CharField(
        _("Failure"),
        max_length=8,
        choices=Failure,
        blank=True,
        default="",
        editable=False,
    )
    reason = models.CharField(
        _("Reason"), max_length=300, blank=True, default="", editable=False
    )
    sent_at = models.DateTimeField(_("Sent on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("Letter")
        verbose_name_plural = _("Outgoing mail")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("record_type", "record_id", "id"), name="letter_of"),
            models.Index(
                fields=("next_at",),
                condition=models.Q(state="outgoing"),
                name="letter_waiting",
            ),
            models.Index(fields=("company", "sent_at"), name="letter_rate"),
        )

    def __str__(self) -> str:
        return self.subject


class LetterFile(models.Model):
    """Something attached: bytes in the folder of files, by their hash."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name


class MailTemplate(Record):
    """What letters of a purpose say in one language, before somebody edits them."""

    name = NameField(_("Letter"), max_length=100, editable=False)
    purpose = models.SlugField(_("Purpose"), max_length=40, editable=False)
    language = models.CharField(
        _("Language"), max_length=5, choices=settings.LANGUAGES, editable=False
    )
    subject = models.CharField(_("Subject"), max_length=300)
    body = RichTextField(_("Text"), blank=True, default="")

    class Meta:
        verbose_name = _("Mail template")
        verbose_name_plural = _("Mail templates")
        ordering = ("purpose", "language")
        constraints = (
            models.UniqueConstraint(
                fields=("purpose", "language"), name="mail_template_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.get_language_display()})"
