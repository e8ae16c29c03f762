"""The mail server."""

import smtplib
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from sarnakh.administration.doctor.finding import Finding, fine, warning, wrong

SECONDS = 5


def examine() -> Iterator[Finding]:
    """Whether it takes our connection and our password."""
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
