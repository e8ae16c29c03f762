"""What the timeline shows: products, bars, and what is free on each day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import Product
from sarnakh.catalog.types import PRODUCTS
from sarnakh.delivery.queries import owned_stock
from sarnakh.lib import text
from sarnakh.lib.calendars import weekday_name
from sarnakh.lib.calendars.parsing import to_instant
from sarnakh.lib.numbers import format_number
from sarnakh.records import rows as visible_rows
from sarnakh.rental.models import RentalLine
from sarnakh.rental.orders.pricing import moment
from sarnakh.rental.schedule.layout import Bar, Cell, rows
from sarnakh.rental.types import RENTAL_LINES

ZERO = Decimal(0)
MOST_PRODUCTS = 60
MOST_BARS = 2_000
LEGEND = (
    ("quotation", gettext_lazy("Quotation")),
    ("reserved", gettext_lazy("Reserved")),
    ("out", gettext_lazy("Picked up")),
    ("returned", gettext_lazy("Returned")),
    ("late", gettext_lazy("Late")),
)


@dataclass(frozen=True)
class Day:
    """A column."""

    day: dt.date
    label: str
    weekday: str
    is_today: bool


@dataclass
class ProductRow:
    """A product with its lanes and what is free."""

    product: Product
    lanes: list[list[Cell]] = field(default_factory=list)
    free: list[str] = field(default_factory=list)
    is_short: list[bool] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Rows of the table that it takes."""
        return len(self.lanes) + 1


@dataclass(frozen=True)
class Shown:
    """A bar in words."""

    rental_id: int
    status: str
    name: str
    words: str


def timeline(
    actor: Actor, days: Sequence[dt.date], *, only: str = "", wanted: str = ""
) -> list[ProductRow]:
    """Products with their bars, in a fixed number of statements.

    `only` is "pickups", "returns" (of today) or "late"; `wanted` a part of a name.
    """
    zone = actor.profile.tz
    begins = to_instant(days[0], zone)
    ends = to_instant(days[-1] + dt.timedelta(days=1), zone)
    lines = _lines(actor, begins, ends, only, wanted)
    by_product: dict[int, list[RentalLine]] = {}
    for line in lines:
        by_product.setdefault(line.product_id, []).append(line)
    products = _products(actor, by_product, only, wanted)
    owned = owned_stock(
        [p.pk for p in products if p.kind == Product.Kind.STORABLE], actor.company
    )
    taken = _everybodys(actor, [p.pk for p in products], begins, ends)
    found = []
    for product in products:
        bars = [_bar(line, days, actor) for line in by_product.get(product.pk, ())]
        row = ProductRow(product, rows(bars, len(days)))
        _fill_free(row, owned, taken.get(product.pk, ()), days, actor)
        found.append(row)
    return found


def columns(actor: Actor, days: Sequence[dt.date]) -> list[Day]:
    """The days with their names."""
    profile = actor.profile
    today = profile.today()
    return [
        Day(
            day,
            format_number(profile.cal.parts(day)[2], profile),
            weekday_name(day.weekday(), profile.language, narrow=len(days) > 7),
            day == today,
        )
        for day in days
    ]


def state_of(line: RentalLine, now: dt.datetime) -> str:
    """As the legend calls it."""
    if not line.is_confirmed and not line.picked_up:
        return "quotation"
    if line.out > 0:
        return "late" if line.returns_at < now else "out"
    if line.quantity > line.picked_up:
        return "late" if line.starts_at < now else "reserved"
    return "returned"


def _lines(
    actor: Actor, begins: dt.datetime, ends: dt.datetime, only: str, wanted: str
) -> list[RentalLine]:
    now = timezone.now()
    overdue = Q(rental__return_due_at__lt=now)
    found = (
        visible_rows.visible(RENTAL_LINES, actor)
        .filter(Q(returns_at__gt=begins) | overdue, starts_at__lt=ends)
        .exclude(rental__status="cancelled")
        .select_related("rental__customer", "product")
        .order_by("starts_at", "pk")
    )
    today = actor.profile.today()
    first = to_instant(today, actor.profile.tz)
    last = to_instant(today + dt.timedelta(days=1), actor.profile.tz)
    if only == "pickups":
        found = found.filter(
            rental__pickup_due_at__gte=first, rental__pickup_due_at__lt=last
        )
    elif only == "returns":
        found = found.filter(
            rental__return_due_at__gte=first, rental__return_due_at__lt=last
        )
    elif only == "late":
        found = found.filter(overdue | Q(rental__pickup_due_at__lt=now))
    if wanted:
        found = found.filter(product__search_text__contains=text.searchable(wanted))
    return [
        line for line in found[:MOST_BARS] if line.returns_at > begins or line.out > 0
    ]


def _products(
    actor: Actor,
    by_product: dict[int, list[RentalLine]],
    only: str,
    wanted: str,
) -> list[Product]:
    shown = {lines[0].product_id: lines[0].product for lines in by_product.values()}
    if not only:
        rentable = visible_rows.visible(PRODUCTS, actor).filter(
            is_rentable=True, active=True, has_variants=False
        )
        if wanted:
            rentable = rentable.filter(search_text__contains=text.searchable(wanted))
        for product in rentable.order_by("sort_key", "pk")[:MOST_PRODUCTS]:
            shown.setdefault(product.pk, product)
    return sorted(shown.values(), key=lambda one: (one.sort_key, one.pk))[
        :MOST_PRODUCTS
    ]


def _everybodys(
    actor: Actor, product_ids: list[int], begins: dt.datetime, ends: dt.datetime
) -> dict[int, list[tuple[dt.datetime, dt.datetime, Decimal]]]:
    """What is taken by whomever: free units do not depend on who looks."""
    now = timezone.now()
    found: dict[int, list[tuple[dt.datetime, dt.datetime, Decimal]]] = {}
    lines = RentalLine.objects.filter(
        Q(busy_until__gt=begins) | Q(rental__return_due_at__lt=now),
        product__in=product_ids,
        rental__company=actor.company,
        is_confirmed=True,
        starts_at__lt=ends,
    )
    for line in lines:
        taken = max(line.quantity, line.picked_up) - line.returned
        is_overdue = line.out > 0 and line.returns_at < now
        until = max(ends, line.busy_until) if is_overdue else line.busy_until
        found.setdefault(line.product_id, []).append((line.starts_at, until, taken))
    return found


def _fill_free(
    row: ProductRow,
    owned: dict[int, Decimal],
    taken: Sequence[tuple[dt.datetime, dt.datetime, Decimal]],
    days: Sequence[dt.date],
    actor: Actor,
) -> None:
    for day in days:
        if row.product.kind != Product.Kind.STORABLE:
            row.free.append("∞")
            row.is_short.append(False)
            continue
        first = to_instant(day, actor.profile.tz)
        last = to_instant(day + dt.timedelta(days=1), actor.profile.tz)
        busy = sum(
            (units for start, end, units in taken if start < last and end > first), ZERO
        )
        there = owned.get(row.product.pk, ZERO) - busy
        row.free.append(format_number(there, actor.profile))
        row.is_short.append(there <= 0)


def _bar(line: RentalLine, days: Sequence[dt.date], actor: Actor) -> Bar:
    profile, now = actor.profile, timezone.now()
    state = state_of(line, now)
    ends = line.returns_at
    if line.out > 0 and ends < now:
        ends = now
    starts_on = profile.local(line.starts_at).date()
    ends_on = profile.local(ends - dt.timedelta(microseconds=1)).date()
    last = len(days) - 1
    first_place = min(last, max(0, (starts_on - days[0]).days))
    last_place = max(first_place, min(last, (ends_on - days[0]).days))
    customer = line.rental.customer.name
    quantity = format_number(line.quantity, profile)
    words = _(
        "%(number)s, %(customer)s: %(quantity)s × %(product)s, "
        "%(start)s to %(end)s, %(status)s"
    ) % {
        "number": line.rental.number,
        "customer": customer,
        "quantity": quantity,
        "product": line.product,
        "start": moment(line.starts_at, profile),
        "end": moment(line.returns_at, profile),
        "status": dict(LEGEND)[state],
    }
    return Bar(
        first_place,
        last_place,
        Shown(line.rental_id, state, f"{quantity} × {customer}", words),
        goes_back=starts_on < days[0],
        goes_on=ends_on > days[-1],
    )
