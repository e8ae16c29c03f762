"""The mail server."""

import smtplib
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sarnakh.administration.doctor.finding import Finding, fine, warning, wrong
from sarnakh.mail.models import Letter

SECONDS = 5
LATE = timedelta(minutes=15)
RECENT = timedelta(days=7)


def examine() -> Iterator[Finding]:
    """Whether it takes our connection and our password, and what lies about."""
    yield from _letters()
    sender = get_connection(fail_silently=False)
    if not isinstance(sender, EmailBackend):
        yield warning(
            _("Mail is not sent: no mail server is set."),
            _("Set SARNAKH_EMAIL_URL, for example smtp+tls://user:password@host:587"),
        )
        return
    where = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
    sender.timeout = SECONDS
    try:
        sender.open()
        sender.close()
    except (OSError, smtplib.SMTPException) as error:
        yield wrong(
            _("The mail server %(host)s:%(port)s cannot be used: %(error)s")
            % {**where, "error": error},
            _("Check SARNAKH_EMAIL_URL. Mail waits and goes out later by itself."),
        )
    else:
        yield fine(_("The mail server %(host)s:%(port)s answers") % where)


def _letters() -> Iterator[Finding]:
    """Letters that should have left, and those that were given up lately."""
    now = timezone.now()
    late = Letter.objects.filter(
        state=Letter.State.OUTGOING, created_at__lt=now - LATE
    ).count()
    failed = Letter.objects.filter(
        state=Letter.State.FAILED, created_at__gt=now - RECENT
    ).count()
    if late:
        text = ngettext(
            "%(count)s letter has waited for more than 15 minutes.",
            "%(count)s letters have waited for more than 15 minutes.",
            late,
        )
        yield warning(
            text % {"count": late},
            _("Look at the mail server and at the job worker; letters leave later."),
        )
    if failed:
        text = ngettext(
            "%(count)s letter of the last week was given up.",
            "%(count)s letters of the last week were given up.",
            failed,
        )
        yield warning(
            text % {"count": failed},
            _("Outgoing mail says why, and can try them again."),
        )
