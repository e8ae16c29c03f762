"""A card in words and addresses: what its template draws."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.crm.types import LEADS
from sarnakh.dashboard import figures
from sarnakh.dashboard.queries import Card, Dashboard, Figure
from sarnakh.dashboard.spans import UNITS, Span, Unit, label
from sarnakh.invoicing.types import INVOICES
from sarnakh.lib.calendars import periods
from sarnakh.lib.money import format_money
from sarnakh.lib.numbers import format_number
from sarnakh.records import rows
from sarnakh.sales.types import ORDERS
from sarnakh.teams.types import TEAMS

TONES = 12
SAMPLE_HEIGHT = 40
"""How high the grey bars of a team without opportunities stand, in per cent."""


@dataclass(frozen=True)
class Line:
    """A figure in words; the amount is in smallest units."""

    text: str
    url: str
    amount: int | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar of the chart, its height in per cent."""

    text: str
    count: str
    height: int
    url: str
    is_running: bool

    @property
    def top(self) -> int:
        """What is free above it."""
        return 100 - self.height


@dataclass(frozen=True)
class Column:
    """Part of a card's menu: a heading and its lines."""

    title: str
    entries: list[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    """One card."""

    card: Card
    lines: list[Line]
    bars: list[Bar]
    is_sample: bool
    board: str
    address: str
    menu: list[Column]
    share: float
    target: int
    typed_target: str
    configuration: str


def page(found: Dashboard, actor: Actor, unit: Unit) -> dict[str, Any]:
    """What the page needs."""
    words = [label(span, unit, actor.profile, _calendar(actor)) for span in found.spans]
    return {
        "cards": [_shown(card, found, words, actor) for card in found.cards],
        "unit": unit,
        "units": [(name, _unit_words()[name]) for name in UNITS],
        "may_set": rows.may(TEAMS, actor, "write"),
        "tones": [
            (tone, f"{_('Colour')} {format_number(tone, actor.profile)}")
            for tone in range(TONES)
        ],
        "sees_targets": actor.has(Role.SALES_MANAGER),
        "may_create": rows.may(TEAMS, actor, "create"),
        "profile": actor.profile,
    }


def _calendar(actor: Actor) -> Any:
    return actor.company.profile().cal


def _unit_words() -> dict[str, str]:
    return {
        "week": pgettext("chart", "Week"),
        "day": pgettext("chart", "Day"),
        "month": pgettext("chart", "Month"),
    }


def _shown(card: Card, found: Dashboard, words: list[str], actor: Actor) -> Shown:
    team = card.team
    most = max(card.bars, default=0)
    target = team.invoicing_target
    return Shown(
        card=card,
        lines=_lines(card, found.today, actor),
        bars=[
            _bar(card, span, text, count, most, actor)
            for span, text, count in zip(found.spans, words, card.bars, strict=False)
        ],
        is_sample=not most,
        board=figures.address("pipeline", team.pk, view="board"),
        address=f"{team.alias}@{team.company.mail_domain}"
        if team.alias and team.company and team.company.mail_domain
        else "",
        menu=_menu(card, actor),
        share=min(100.0, 100 * (card.invoiced or 0) / target) if target else 0.0,
        target=target,
        typed_target=format_money(target, card.currency, actor.profile, symbol=False),
        configuration=reverse("teams:record", args=[team.pk]),
    )


def _lines(card: Card, today: dt.date, actor: Actor) -> list[Line]:
    """Only figures that are not zero."""
    key, profile = card.team.pk, actor.profile

    def counted(figure: Figure, one: str) -> str:
        return one % {"count": format_number(figure.count, profile)}

    lines = []
    if card.unassigned.count:
        words = ngettext(
            "%(count)s unassigned lead",
            "%(count)s unassigned leads",
            card.unassigned.count,
        )
        url = figures.address("leads", key, figures.unassigned())
        lines.append(Line(counted(card.unassigned, words), url))
    if card.open.count:
        words = ngettext(
            "%(count)s open opportunity",
            "%(count)s open opportunities",
            card.open.count,
        )
        url = figures.address("pipeline", key, figures.open_opportunities())
        lines.append(Line(counted(card.open, words), url, card.open.amount))
    if card.overdue.count:
        words = ngettext(
            "%(count)s overdue opportunity",
            "%(count)s overdue opportunities",
            card.overdue.count,
        )
        url = figures.address("pipeline", key, figures.overdue(today))
        lines.append(
            Line(counted(card.overdue, words), url, card.overdue.amount, is_late=True)
        )
    if card.quotations.count:
        words = ngettext(
            "%(count)s quotation", "%(count)s quotations", card.quotations.count
        )
        url = figures.address("quotations", key, [["state", "in", ["draft", "sent"]]])
        lines.append(Line(counted(card.quotations, words), url, card.quotations.amount))
    if card.to_invoice.count:
        words = ngettext(
            "%(count)s order to invoice",
            "%(count)s orders to invoice",
            card.to_invoice.count,
        )
        url = figures.address("orders", key, [["invoice_status", "=", "to-invoice"]])
        lines.append(Line(counted(card.to_invoice, words), url))
    return lines


def _bar(card: Card, span: Span, text: str, count: int, most: int, actor: Actor) -> Bar:
    tz = actor.company.profile().tz
    start, end = periods.day_start(span.start, tz), periods.day_start(span.end, tz)
    return Bar(
        text=text,
        count=format_number(count, actor.profile),
        height=round(100 * count / most) if most else SAMPLE_HEIGHT,
        url=figures.address("pipeline", card.team.pk, figures.born(start, end)),
        is_running=span.is_running,
    )


def _menu(card: Card, actor: Actor) -> list[Column]:
    """View, New, Reporting: what the team uses and what the actor may."""
    team, key = card.team, card.team.pk
    invoices = rows.may(INVOICES, actor, "read")
    orders = rows.may(ORDERS, actor, "read")
    view, new, reports = [], [], []
    sees_leads = rows.may(LEADS, actor, "read")
    if team.uses_leads and sees_leads:
        view.append((_("Leads"), figures.address("leads", key)))
        new.append((_("Lead"), _new("leads", key)))
        reports.append((_("Leads"), figures.address("leads", key, groups=("source",))))
    if team.uses_pipeline and sees_leads:
        view.append((_("Opportunities"), figures.address("pipeline", key)))
        new.append((_("Opportunity"), _new("pipeline", key)))
        reports.append(
            (_("Opportunities"), figures.address("pipeline", key, groups=("stage",)))
        )
    if team.uses_quotations and orders:
        view.append((_("Quotations"), figures.address("quotations", key)))
        new.append((_("Quotation"), _new("quotations", key)))
        reports.append(
            (
                _("Quotations"),
                figures.address("quotations", key, groups=("salesperson",)),
            )
        )
    if orders:
        view.append((_("Sales orders"), figures.address("orders", key)))
        reports.append(
            (
                pgettext("report", "Sales"),
                figures.address("sales-analysis", key, groups=("ordered_at:month",)),
            )
        )
    if invoices:
        view.append((_("Invoices"), figures.address("invoices", key)))
        reports.append(
            (_("Invoices"), figures.address("invoices", key, groups=("invoice_date",)))
        )
    if team.uses_pipeline and sees_leads:
        reports.append(
            (
                _("Activities"),
                figures.address("pipeline", key, filters=("late-activities",)),
            )
        )
    found = [
        Column(pgettext("menu", "View"), view),
        Column(pgettext("menu", "New"), new),
        Column(pgettext("menu", "Reporting"), reports),
    ]
    return [column for column in found if column.entries]


def _new(slug: str, team_id: int) -> str:
    return f"{reverse(f'{slug}:create')}?with=team:{team_id}"
