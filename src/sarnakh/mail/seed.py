"""The words of every registered purpose, as rows that managers can edit."""

from django.utils import translation

from sarnakh.mail.composing import shipped
from sarnakh.mail.models import MailTemplate
from sarnakh.mail.purposes import PURPOSES


def seed() -> None:
    """Make what is missing; what somebody edited stays."""
    there = set(MailTemplate.objects.values_list("purpose", "language"))
    made = []
    for purpose in PURPOSES.values():
        for language in purpose.defaults:
            if (purpose.code, language) not in there:
                subject, body = shipped(purpose, language)
                with translation.override(language):
                    name = str(purpose.label)
                made.append(
                    MailTemplate(
                        name=name,
                        purpose=purpose.code,
                        language=language,
                        subject=subject,
                        body=body,
                    )
                )
    MailTemplate.objects.bulk_create(made, ignore_conflicts=True)
