"""How letters and templates look."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sarnakh.mail.models import Letter
from sarnakh.mail.types import LETTERS, TEMPLATES
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import Button, Screen, Section

LETTER_LIST = Screen(
    slug="letters",
    type=LETTERS,
    title=_("Outgoing mail"),
    pages=(
        List(
            columns=(
                "subject",
                "recipient",
                "record_title",
                "state",
                "failure",
                "created_at",
                "sent_at",
            )
        ),
    ),
    header=("subject",),
    sections=(
        Section(
            _("Letter"),
            (
                "recipient_name",
                "recipient",
                "sender_name",
                "record_title",
                "language",
                "is_automatic",
                "company",
            ),
        ),
        Section(
            _("Sending"),
            ("state", "attempts", "next_at", "sent_at", "failure", "reason"),
        ),
    ),
    buttons=(
        Button(
            command="look",
            label=_("See the letter"),
            icon="eye",
            url=lambda record: reverse("mail:letter", args=[record.pk]),
            verb="read",
        ),
    ),
    ribbon=lambda record: (
        ("lost", record.get_state_display())
        if record.state == Letter.State.FAILED
        else None
    ),
    empty=_("Letters that leave for customers are listed here."),
)
TEMPLATE_LIST = Screen(
    slug="mail-templates",
    type=TEMPLATES,
    title=_("Mail templates"),
    pages=(List(columns=("name", "language", "subject")),),
    header=("name",),
    sections=(
        Section(_("Mail template"), ("language", "subject")),
        Section(_("Text"), ("body",)),
    ),
    form_template="mail/template_form.html",
    empty=_("The words that letters begin with."),
)
