"""The page of recurring revenue."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.interrupted import login_needed
from sarnakh.lib.money import format_money
from sarnakh.lib.numbers import format_number
from sarnakh.records import rows
from sarnakh.recurring.models import MrrChange
from sarnakh.recurring.offers import list_of
from sarnakh.recurring.report import queries
from sarnakh.recurring.report.queries import Month, Report
from sarnakh.recurring.types import SUBSCRIPTIONS

Kind = MrrChange.Kind
# What stands above the line of the second chart, and what below it.
UP, DOWN = (Kind.NEW, Kind.EXPANSION), (Kind.CONTRACTION, Kind.CHURN)
MIDDLE = 50.0


@dataclass(frozen=True)
class Piece:
    """Part of a bar: where it begins and how high it is, in per cent."""

    kind: str
    y: str
    height: str


@dataclass(frozen=True)
class Bar:
    """One month in both charts and in the table."""

    label: str
    short: str
    amount: str
    height: int
    pieces: list[Piece]
    url: str
    is_running: bool
    cells: list[tuple[str, str]]
    rate: str

    @property
    def top(self) -> int:
        """What is free above it."""
        return 100 - self.height


@login_needed
@require_GET
def revenue(request: HttpRequest) -> HttpResponse:
    """MRR, ARR, twelve months, why they moved, what was lost."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not rows.may(SUBSCRIPTIONS, actor, "read"):
        raise Http404
    return render(request, "recurring/revenue.html", page(actor))


def page(actor: Actor) -> dict[str, Any]:
    """What the page needs."""
    found = queries.report(actor)
    home = ["company", "=", actor.company.pk]
    live = [["state", "in", ["progress", "paused"]], home]
    return {
        "report": found,
        "currency": actor.company.currency,
        "profile": actor.profile,
        "live_url": list_of("subscriptions", live),
        "paused_url": list_of("subscriptions", [["state", "=", "paused"], home]),
        "churn_url": _log_url(found.months[0], found.months[-1], actor, Kind.CHURN),
        "churn_rate": _percent(found.churn_rate, actor),
        "kinds": [(kind.value, kind.label) for kind in Kind],
        "legend": [(kind.value, kind.label) for kind in (*UP, *DOWN)],
        "bars": _bars(found, actor),
        "plans": [
            (
                plan,
                list_of("subscriptions", [["plan", "=", plan.pk], *live]),
                round(100 * plan.mrr / found.mrr) if found.mrr > 0 else 0,
            )
            for plan in found.plans
        ],
        "cohorts": [(_label(one.start, actor), one) for one in found.cohorts],
        "ages": range(max((len(one.kept) for one in found.cohorts), default=0)),
    }


def _bars(found: Report, actor: Actor) -> list[Bar]:
    most = max(1, *(month.after for month in found.months))
    highest = max(
        1, *(_sum(month, kinds) for month in found.months for kinds in (UP, DOWN))
    )
    return [_bar(month, most, highest, actor) for month in found.months]


def _bar(month: Month, most: int, highest: int, actor: Actor) -> Bar:
    currency, profile = actor.company.currency, actor.profile
    return Bar(
        label=_label(month.start, actor),
        short=_short(month.start, actor),
        amount=format_money(month.after, currency, profile),
        height=round(100 * max(0, month.after) / most),
        pieces=_pieces(month, highest),
        url=_log_url(month, month, actor),
        is_running=month.is_running,
        cells=[
            (
                format_money(month.moved.get(kind, 0), currency, profile, symbol=False),
                _log_url(month, month, actor, kind),
            )
            for kind in Kind
        ],
        rate=_percent(month.churn_rate, actor),
    )


def _sum(month: Month, kinds: tuple[str, ...]) -> int:
    return sum(abs(month.moved.get(kind, 0)) for kind in kinds)


def _pieces(month: Month, highest: int) -> list[Piece]:
    """Upwards from the middle what was won, downwards what was lost."""
    pieces, y = [], MIDDLE
    for kind in UP:
        height = MIDDLE * abs(month.moved.get(kind, 0)) / highest
        y -= height
        if height:
            pieces.append(Piece(kind.value, f"{y:.2f}", f"{height:.2f}"))
    y = MIDDLE
    for kind in DOWN:
        height = MIDDLE * abs(month.moved.get(kind, 0)) / highest
        if height:
            pieces.append(Piece(kind.value, f"{y:.2f}", f"{height:.2f}"))
        y += height
    return pieces


def _log_url(first: Month, last: Month, actor: Actor, kind: str = "") -> str:
    condition: list[Any] = [
        ["day", ">=", first.start.isoformat()],
        ["day", "<", last.end.isoformat()],
        ["company", "=", actor.company.pk],
    ]
    if kind:
        condition.append(["kind", "=", str(kind)])
    return list_of("mrr-changes", condition)


def _label(day: dt.date, actor: Actor) -> str:
    profile = actor.profile
    calendar = actor.company.profile().cal
    return calendar.label(day, "month", profile.language, profile.digits)


def _short(day: dt.date, actor: Actor) -> str:
    """The name of the month, for under a bar."""
    calendar = actor.company.profile().cal.shown(day)
    return calendar.month_name(calendar.parts(day)[1], actor.profile.language)


def _percent(rate: Decimal, actor: Actor) -> str:
    sign = "%" if actor.profile.digits == "latin" else "٪"
    return f"{format_number(rate, actor.profile)}{sign}"
