"""What comes in per month: now, over twelve months, and why it moved."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, Q, Sum

from sarnakh.accounts.actor import Actor
from sarnakh.lib.calendars import Calendar
from sarnakh.records import rows
from sarnakh.recurring import amounts
from sarnakh.recurring.models import BillingPlan, MrrChange, Subscription
from sarnakh.recurring.types import MRR_CHANGES, SUBSCRIPTIONS

MONTHS = 12
Kind, State = MrrChange.Kind, Subscription.State
Row = tuple[dt.date, int]


@dataclass
class Month:
    """A month of the company's calendar, to before `end`."""

    start: dt.date
    end: dt.date
    is_running: bool
    # At its beginning, and at its end (or now).
    before: int = 0
    after: int = 0
    moved: dict[str, int] = field(default_factory=dict)

    @property
    def churn_rate(self) -> Decimal:
        """Lost, of what there was at the beginning."""
        return amounts.churn_rate(self.moved.get(Kind.CHURN, 0), self.before)


@dataclass
class Cohort:
    """What began in one month, and how much of it was left month by month."""

    start: dt.date
    count: int
    mrr: int
    # Per cent of the beginning's MRR.
    kept: list[int] = field(default_factory=list)


@dataclass
class Plan:
    """What one plan brings in."""

    pk: int
    name: str
    count: int
    mrr: int


@dataclass
class Report:
    """All of it; amounts in smallest units of the acting company."""

    mrr: int
    paused: int
    count: int
    months: list[Month]
    plans: list[Plan]
    cohorts: list[Cohort]

    @property
    def arr(self) -> int:
        """Per year."""
        return amounts.yearly(self.mrr)

    @property
    def churn_rate(self) -> Decimal:
        """Of the twelve months together."""
        lost = sum(month.moved.get(Kind.CHURN, 0) for month in self.months)
        return amounts.churn_rate(lost, self.months[0].before)


def months_until(today: dt.date, calendar: Calendar) -> list[Month]:
    """The last twelve, the running one last."""
    this = calendar.start_of(today, "month")
    starts = [calendar.add_months(this, -back) for back in range(MONTHS - 1, -1, -1)]
    ends = [calendar.next_start(start, "month") for start in starts]
    return [
        Month(start, end, is_running=end > today)
        for start, end in zip(starts, ends, strict=True)
    ]


def report(actor: Actor) -> Report:
    """The acting company's figures, over what the actor may see."""
    company = actor.company
    profile = company.profile()
    months = months_until(profile.today(), profile.cal)
    live = rows.visible(SUBSCRIPTIONS, actor).filter(
        company=company, state__in=(State.PROGRESS, State.PAUSED)
    )
    found = live.aggregate(
        sum=Sum("mrr"), paused=Sum("mrr", filter=Q(state=State.PAUSED)), n=Count("pk")
    )
    log = rows.visible(MRR_CHANGES, actor).filter(company=company)
    _fill(months, log)
    return Report(
        mrr=found["sum"] or 0,
        paused=found["paused"] or 0,
        count=found["n"],
        months=months,
        plans=_plans(live),
        cohorts=_cohorts(months, log),
    )


def _fill(months: list[Month], log: Any) -> None:
    first = months[0].start
    so_far = log.filter(day__lt=first).aggregate(sum=Sum("amount"))["sum"] or 0
    per_day = (
        log.filter(day__gte=first)
        .order_by()
        .values("day", "kind")
        .annotate(sum=Sum("amount"))
    )
    moved = [(row["day"], row["kind"], row["sum"]) for row in per_day]
    for month in months:
        month.before = so_far
        for day, kind, amount in moved:
            if month.start <= day < month.end:
                month.moved[kind] = month.moved.get(kind, 0) + amount
        so_far += sum(month.moved.values())
        month.after = so_far


def _plans(live: Any) -> list[Plan]:
    found = list(
        live.order_by()
        .values("plan_id")
        .annotate(sum=Sum("mrr"), n=Count("pk"))
        .order_by("-sum", "plan_id")
    )
    names = BillingPlan.objects.in_bulk([row["plan_id"] for row in found])
    return [
        Plan(row["plan_id"], str(names[row["plan_id"]]), row["n"], row["sum"] or 0)
        for row in found
    ]


def _cohorts(months: list[Month], log: Any) -> list[Cohort]:
    """By the month of the first row. A renewal belongs to what it renews, so that
    what was handed over is not lost."""
    begun = {
        row["subscription_id"]: row["first"]
        for row in log.order_by()
        .values("subscription_id")
        .annotate(first=Min("day"))
        .filter(first__gte=months[0].start)
    }
    if not begun:
        return []
    older = dict(
        Subscription.objects.filter(
            pk__in=list(begun), renewal_of__isnull=False
        ).values_list("pk", "renewal_of_id")
    )
    of_root: dict[int, list[Row]] = defaultdict(list)
    for key, day, amount in log.filter(subscription__in=list(begun)).values_list(
        "subscription_id", "day", "amount"
    ):
        while key in older:
            key = older[key]
        of_root[key].append((day, amount))
    return [
        cohort
        for place, month in enumerate(months)
        if (cohort := _cohort(months[place:], month, begun, of_root)) is not None
    ]


def _cohort(
    later: list[Month],
    month: Month,
    begun: dict[int, dt.date],
    of_root: dict[int, list[Row]],
) -> Cohort | None:
    roots = [
        key for key in of_root if key in begun and month.start <= begun[key] < month.end
    ]
    found = [row for key in roots for row in of_root[key]]
    start = sum(amount for day, amount in found if day < month.end)
    if start <= 0:
        return None
    kept = [
        round(100 * sum(amount for day, amount in found if day < one.end) / start)
        for one in later
    ]
    return Cohort(month.start, len(roots), start, kept)
