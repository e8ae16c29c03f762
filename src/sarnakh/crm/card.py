"""A card of the board, written by hand.

A board shows hundreds of cards, and the template engine would need four times
as long for them as everything else on the page together. So a card is put
together from strings here; each value goes through `escape` exactly once, and
`crm/tests/test_card.py` holds hostile names against it.
"""

from functools import cached_property
from html import escape
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sarnakh.accounts.models.user import initials
from sarnakh.crm.models.lead import activity_state
from sarnakh.lib import money, relative
from sarnakh.screens.look import Look
from sarnakh.ui.templatetags.ui import avatar, icon

CARD = (
    '<article class="card{classes}" id="card-{pk}" data-pk="{pk}" role="listitem"'
    ' tabindex="-1"><h3><a href="{base}{pk}{carried}" dir="auto" draggable="false">'
    "{name}</a></h3>{who}{amount}{added}{tags}"
    '<div class="card-foot">{stars}{clock}{avatar}</div>{ribbon}'
    '<button type="button" class="button quiet icon-only small card-menu"'
    ' popovertarget="card-menu" data-card-menu="{pk}" aria-label="{menu}">{dots}'
    "</button></article>"
)
WHO = '<p class="who" dir="auto">{}</p>'
AMOUNT = '<p class="amount"><data class="money" value="{}" title="{}">{}</data></p>'
ADDED = '<p class="who"><span class="muted">{}:</span> <bdi>{}</bdi></p>'
TAG = '<span class="dot-tag tone-{}" dir="auto">{}</span>'
STARS = (
    '<span class="stars drawn" role="group" data-stars="{base}{pk}/set/priority"'
    ' aria-label="{label}">{stars}</span>'
)
STAR = (
    '<button type="button" value="{place}"{on} aria-pressed="{pressed}"'
    ' aria-label="{place}"></button>'
)
CLOCK = (
    '<button type="button" class="clock {state}" data-activities="{pk}"'
    ' aria-label="{label}" title="{words}">{icon}<span>{shown}</span></button>'
)


class CardWriter:
    """Writes cards for one look; words and icons are prepared once."""

    def __init__(self, look: Look, base: str) -> None:
        self.look = look
        self.base = base
        self.profile = look.profile
        self.now = timezone.now()
        self.today = look.profile.today()
        self.carried = escape(look.carried)
        self._avatars: dict[int, str] = {}

    def write(self, lead: Any) -> str:
        """The card of a lead; every value is escaped here."""
        classes = f" tone-{lead.tone}" if lead.tone else ""
        if lead.unread:
            classes += " unread"
        return CARD.format(
            classes=classes,
            pk=lead.pk,
            base=self.base,
            carried=self.carried,
            name=escape(lead.name),
            who=self._who(lead),
            amount=self._amount(lead),
            added="".join(
                ADDED.format(escape(label), escape(text))
                for label, text in lead.on_card
            ),
            tags=self._tags(lead),
            stars=STARS.format(
                base=self.base,
                pk=lead.pk,
                label=self.words["priority"],
                stars=self.stars[lead.priority],
            ),
            clock=self._clock(lead),
            avatar=self._avatar(lead),
            ribbon=self._ribbon(lead),
            menu=escape(self.words["menu"] % {"name": lead.name}),
            dots=self.words["dots"],
        )

    @cached_property
    def words(self) -> dict[str, str]:
        """What all cards have in common."""
        lost = escape(pgettext("ribbon", "Lost"))
        stale = escape(_("Has been in this stage for long"))
        return {
            "priority": escape(_("Priority")),
            "lost": f'<span class="badge bad">{lost}</span>',
            "stale": f'<span class="badge stale">{icon("hourglass", "small")}'
            f"{stale}</span>",
            "menu": _("Menu of %(name)s"),
            "activities": _("Activities: %(state)s"),
            "idle": _("No activity"),
            "dots": icon("dots-vertical"),
            "clock": icon("clock", "small"),
            "late": icon("alert-circle", "small"),
        }

    @cached_property
    def stars(self) -> list[str]:
        """The three stars for each priority."""
        return [
            "".join(
                STAR.format(
                    place=place,
                    on=' class="on"' if place <= value else "",
                    pressed="true" if place == value else "false",
                )
                for place in (1, 2, 3)
            )
            for value in range(4)
        ]

    def _who(self, lead: Any) -> str:
        name = lead.customer__name or lead.company_name or lead.contact_name
        return WHO.format(escape(name)) if name else ""

    def _amount(self, lead: Any) -> str:
        if not lead.expected_revenue:
            return ""
        currency = lead.company__currency or self.look.currency
        minor = lead.expected_revenue
        exact = money.format_money(minor, currency, self.profile)
        short = money.format_money(minor, currency, self.profile, compact=True)
        return AMOUNT.format(minor, escape(exact), escape(short))

    def _tags(self, lead: Any) -> str:
        tags = [TAG.format(tone, escape(name)) for name, tone in lead.tags]
        return f'<div class="tags">{"".join(tags)}</div>' if tags else ""

    def _clock(self, lead: Any) -> str:
        state = activity_state(
            lead.activity_today_from, lead.activity_overdue_from, self.now
        )
        words = self.words["idle"]
        if state != "none" and lead.activity_today_from:
            day = self.profile.local(lead.activity_today_from).date()
            words = relative.due_text(day, self.today, self.profile)
        return CLOCK.format(
            state="late" if state == "overdue" else state,
            pk=lead.pk,
            label=escape(self.words["activities"] % {"state": words}),
            words=escape(words),
            icon=self.words["late" if state == "overdue" else "clock"],
            shown=escape(words) if state != "none" else "",
        )

    def _avatar(self, lead: Any) -> str:
        number = lead.salesperson_id
        if number is None:
            return ""
        if number not in self._avatars:
            self._avatars[number] = avatar(
                SimpleNamespace(
                    pk=number,
                    name=lead.salesperson__name,
                    initials=initials(lead.salesperson__name),
                )
            )
        return self._avatars[number]

    def _ribbon(self, lead: Any) -> str:
        if not lead.active and lead.probability == 0:
            return self.words["lost"]
        days = lead.stage__stale_after_days
        if not days or not lead.active or lead.probability >= 100:
            return ""
        stays = self.today - self.profile.local(lead.date_last_stage_update).date()
        return self.words["stale"] if stays.days > days else ""


def draw(look: Look, base: str) -> Any:
    """The writer of cards for a board."""
    return CardWriter(look, base).write
