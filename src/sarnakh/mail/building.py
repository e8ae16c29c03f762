"""A row becomes a message: HTML and text, in its reader's direction."""

from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from sarnakh.discussion import files as kept
from sarnakh.discussion.writing import to_plain
from sarnakh.lib import email as addresses
from sarnakh.mail.actions import checked_header, own_domain
from sarnakh.mail.models import Letter
from sarnakh.mail.purposes import PURPOSES
from sarnakh.records.rich_text import sanitized
from sarnakh.records.types import by_name


def built(letter: Letter) -> EmailMultiAlternatives:
    """The message of a letter; the secret link is made now and kept nowhere."""
    link = _link(letter)
    company = letter.company
    with translation.override(letter.language):
        is_rtl = translation.get_language_bidi()
        context = {
            "letter": letter,
            "company": company,
            "link": link,
            # Cleaned once more on its way out.
            "body": mark_safe(sanitized(letter.body)),  # noqa: S308
            "text": to_plain(letter.body),
            "language": letter.language,
            "direction": "rtl" if is_rtl else "ltr",
            "alignment": "right" if is_rtl else "left",
        }
        html = render_to_string("mail/letter.html", context)
        text = render_to_string("mail/letter.txt", context)
    own = addresses.normalize(str(settings.DEFAULT_FROM_EMAIL)) or "sarnakh@localhost"
    headers = {"Message-ID": f"<{letter.opaque}@{own_domain(company)}>"}
    if letter.is_automatic:
        headers["Auto-Submitted"] = "auto-generated"
    message = EmailMultiAlternatives(
        checked_header(letter.subject),
        text.strip() + "\n",
        from_email=_named(letter.sender_name, own),
        to=[_named(letter.recipient_name, letter.recipient)],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
    )
    message.attach_alternative(html, "text/html")
    for file in letter.files.all():
        message.attach(file.name, kept.read_bytes(file.digest), file.media_type)
    return message


def _named(name: str, address: str) -> str:
    """`Name <address>` with the name encoded where it has to be."""
    checked_header(name)
    return formataddr((name, address)) if name else address


def _link(letter: Letter) -> str:
    purpose = PURPOSES.get(letter.purpose)
    if not (letter.link_label and purpose and letter.record_id):
        return ""
    record: Any = (
        by_name(purpose.record_type)
        .model._default_manager.filter(pk=letter.record_id)
        .first()
    )
    return purpose.link(record) if record is not None else ""
