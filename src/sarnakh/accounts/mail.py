"""Short letters about accounts: in the reader's language, with its direction.

They leave after the commit and in a thread of their own: neither the time of an
answer nor a dead mail server shows whether an address is known.
"""

import logging
from collections.abc import Callable
from functools import partial
from threading import Thread

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from sarnakh.accounts.models import User
from sarnakh.lib.bidi import isolate

# Values in any script, put into sentences of another: isolated, so that nothing jumps.
WRITTEN = frozenset({"name", "person", "inviter", "company", "address"})

log = logging.getLogger(__name__)


def send(user: User, letter: str, *, to: str = "", **values: str) -> None:
    """Send `accounts/mail/<letter>.txt` to the user once the transaction is through.

    The first line of the template is the subject. `to` replaces the user's address.
    """
    language, address = user.language, to or user.email
    values = {
        name: isolate(value) if name in WRITTEN else value
        for name, value in {"name": user.name, "product": "Sarnakh", **values}.items()
    }
    job = partial(_deliver, letter, language, address, values)
    transaction.on_commit(partial(_start, job))


def _start(job: Callable[[], None]) -> None:
    if settings.ACCOUNT_MAIL_IN_BACKGROUND:
        Thread(target=job, name="account-mail").start()
    else:
        job()


def _deliver(letter: str, language: str, address: str, values: dict[str, str]) -> None:
    try:
        _message(letter, language, address, values).send()
    except Exception:
        # Whoever waits for it asks again; the operator reads the reason here.
        log.exception("The letter %s could not be sent.", letter)


def _message(
    letter: str, language: str, address: str, values: dict[str, str]
) -> EmailMultiAlternatives:
    with translation.override(language):
        text = render_to_string(f"accounts/mail/{letter}.txt", values).strip()
        subject, _, body = text.partition("\n")
        paragraphs = [part for part in body.strip().split("\n\n") if part]
        html = render_to_string(
            "accounts/mail/letter.html",
            {
                "paragraphs": paragraphs,
                "language": language,
                "direction": "rtl" if translation.get_language_bidi() else "ltr",
                "alignment": "right" if translation.get_language_bidi() else "left",
            },
        )
    message = EmailMultiAlternatives(
        " ".join(subject.split()), body.strip(), to=[address]
    )
    message.attach_alternative(html, "text/html")
    return message
