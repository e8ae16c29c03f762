"""The cards of the teams, in a number of statements that no team adds to."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Sum,
    Value,
    When,
)

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.crm.models import Lead, LeadTally
from sarnakh.crm.types import LEADS
from sarnakh.dashboard.spans import Span, Unit, spans
from sarnakh.invoicing.queries import invoiced_by_team
from sarnakh.lib.calendars import periods
from sarnakh.money.models import TradeSettings
from sarnakh.records import conditions, rows
from sarnakh.sales.models import Order
from sarnakh.sales.types import ORDERS
from sarnakh.teams.models import Team
from sarnakh.teams.types import TEAMS

OFFERS = (Order.State.DRAFT, Order.State.SENT)


@dataclass(frozen=True)
class Figure:
    """How many records, and what they amount to in smallest units."""

    count: int = 0
    amount: int = 0


@dataclass
class Card:
    """One team with everything that its card shows."""

    team: Team
    is_favourite: bool
    currency: str
    unassigned: Figure = field(default_factory=Figure)
    open: Figure = field(default_factory=Figure)
    overdue: Figure = field(default_factory=Figure)
    quotations: Figure = field(default_factory=Figure)
    to_invoice: Figure = field(default_factory=Figure)
    invoiced: int | None = None
    bars: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Dashboard:
    """All cards, and the stretches of time under their charts."""

    cards: list[Card]
    spans: list[Span]
    today: dt.date


def dashboard(actor: Actor, unit: Unit = "week") -> Dashboard:
    """The teams that the actor may see, favourites first.

    Days, weeks and "this month" are those of the acting company.
    """
    company = actor.company.profile()
    today = company.today()
    stretches = spans(unit, today, company.cal, company.week_start)
    found = teams(actor)
    keys = [team.pk for team in found]
    cards = {
        team.pk: Card(
            team=team,
            is_favourite=team.is_favourite,  # type: ignore[attr-defined]
            currency=team.company.currency if team.company else actor.company.currency,
        )
        for team in found
    }
    if cards and rows.may(LEADS, actor, "read"):
        _leads(cards, keys, actor)
        _overdue(cards, keys, actor, today)
        _bars(cards, keys, actor, stretches, company.tz)
    if cards and rows.may(ORDERS, actor, "read"):
        _orders(cards, keys, actor)
    if cards and actor.has(Role.SALES_MANAGER):
        _invoiced(cards, keys, actor, today)
    return Dashboard(list(cards.values()), stretches, today)


def teams(actor: Actor) -> list[Team]:
    """Teams with a pipeline, those that the actor has starred first."""
    starred = Team.favourite_of.through.objects.filter(user_id=actor.user_id or 0)
    return list(
        rows.visible(TEAMS, actor)
        .filter(active=True, uses_pipeline=True)
        .annotate(is_favourite=Exists(starred.filter(team_id=OuterRef("pk"))))
        .select_related("company", "leader")
        .order_by("-is_favourite", "sequence", "-created_at", "-pk")
    )


def _leads(cards: Mapping[int, Card], keys: list[int], actor: Actor) -> None:
    """Unassigned leads and open opportunities, from the sums that are kept.

    They know won stages, not probabilities; the few records whose probability says
    something else than their stage are counted one by one.
    """
    kept = (
        LeadTally.objects.filter(_readable(actor), team__in=keys, active=True)
        .values("team_id")
        .annotate(
            unassigned=Sum("records", filter=Q(kind="lead", salesperson=None)),
            count=Sum("records", filter=_OPEN),
            amount=Sum("expected_revenue", filter=_OPEN),
        )
    )
    odd: dict[int | None, Any] = {
        row["team_id"]: row
        for row in Lead.objects.filter(
            _readable(actor), _ODD, kind="opportunity", active=True, team__in=keys
        )
        .order_by()
        .values("team_id")
        .annotate(
            more=Count("pk", filter=Q(is_won=True)),
            more_amount=Sum("expected_revenue", filter=Q(is_won=True)),
            less=Count("pk", filter=Q(is_won=False)),
            less_amount=Sum("expected_revenue", filter=Q(is_won=False)),
        )
    }
    for row in kept:
        card = cards[row["team_id"]]
        other = odd.get(row["team_id"], {})
        card.unassigned = Figure(row["unassigned"] or 0)
        card.open = Figure(
            (row["count"] or 0) + other.get("more", 0) - other.get("less", 0),
            int(row["amount"] or 0)
            + int(other.get("more_amount") or 0)
            - int(other.get("less_amount") or 0),
        )


_OPEN = Q(kind="opportunity", is_won=False)
_ODD = Q(is_won=True, probability__lt=100) | Q(is_won=False, probability__gte=100)


def _overdue(
    cards: Mapping[int, Card], keys: list[int], actor: Actor, today: dt.date
) -> None:
    found = (
        Lead.objects.filter(
            _readable(actor),
            kind="opportunity",
            active=True,
            probability__lt=100,
            team__in=keys,
            expected_closing__lt=today,
        )
        .order_by()
        .values_list("team_id")
        .annotate(n=Count("*"), amount=Sum("expected_revenue"))
    )
    for team_id, count, amount in found:
        cards[team_id].overdue = Figure(count, int(amount or 0))


def _bars(
    cards: Mapping[int, Card],
    keys: list[int],
    actor: Actor,
    stretches: list[Span],
    tz: dt.tzinfo,
) -> None:
    for card in cards.values():
        card.bars = [0] * len(stretches)
    edges = [periods.day_start(span.start, tz) for span in stretches]
    end = periods.day_start(stretches[-1].end, tz)
    place = Case(
        *(
            When(created_at__lt=edge, then=Value(number))
            for number, edge in enumerate(edges[1:])
        ),
        default=Value(len(edges) - 1),
        output_field=IntegerField(),
    )
    found = (
        Lead.objects.filter(
            _readable(actor),
            kind="opportunity",
            active=True,
            team__in=keys,
            created_at__gte=edges[0],
            created_at__lt=end,
        )
        .order_by()
        .values_list("team_id", place)
        .annotate(n=Count("*"))
    )
    for team_id, number, count in found:
        cards[team_id].bars[number] = count


def _orders(cards: Mapping[int, Card], keys: list[int], actor: Actor) -> None:
    """Two statements: each is answered by an index of its own."""
    readable = rows.visible(ORDERS, actor).filter(team__in=keys).order_by()
    offers = readable.filter(state__in=OFFERS).values_list("team_id")
    for team_id, count, amount in offers.annotate(
        n=Count("*"), amount=Sum("company_total")
    ):
        cards[team_id].quotations = Figure(count, int(amount or 0))
    due = readable.filter(invoice_status=Order.InvoiceStatus.TO_INVOICE)
    for team_id, count in due.values_list("team_id").annotate(n=Count("*")):
        cards[team_id].to_invoice = Figure(count)


def _invoiced(
    cards: Mapping[int, Card], keys: list[int], actor: Actor, today: dt.date
) -> None:
    month = actor.company.profile().cal.start_of(today, "month")
    basis = TradeSettings.of(actor.company).target_basis
    found = invoiced_by_team(keys, month, today, basis)
    for key, card in cards.items():
        card.invoiced = found.get(key, 0)


def _readable(actor: Actor) -> Q:
    """The leads that the actor may read, in columns that leads and sums share."""
    condition = LEADS.access.condition(actor, "read")
    return conditions.compile_trusted(condition, LEADS, actor) if condition else Q()
