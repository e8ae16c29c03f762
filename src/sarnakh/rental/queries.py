"""What is free to rent, and what is rented."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import F, Q
from django.utils import timezone

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.delivery.queries import owned_stock
from sarnakh.rental.models import RentalLine, RentalOrder

ZERO = Decimal(0)


def busy(
    product_ids: Iterable[int],
    company: Company,
    starts_at: dt.datetime,
    until: dt.datetime,
    *,
    besides: int = 0,
) -> dict[int, Decimal]:
    """Units of confirmed rentals that overlap a period, by product.

    A rental occupies its period and the time after it; what is overdue occupies
    until it is really back.
    """
    overdue = Q(picked_up__gt=F("returned"), returns_at__lt=timezone.now())
    rows = (
        RentalLine.objects.filter(
            Q(busy_until__gt=starts_at) | overdue,
            product__in=list(product_ids),
            rental__company=company,
            is_confirmed=True,
            starts_at__lt=until,
        )
        .exclude(rental=besides)
        .values_list("product_id", "quantity", "picked_up", "returned")
    )
    found: dict[int, Decimal] = {}
    for product_id, quantity, picked_up, returned in rows:
        taken = max(quantity, picked_up) - returned
        found[product_id] = found.get(product_id, ZERO) + taken
    return found


def free(
    products: Iterable[Product],
    company: Company,
    starts_at: dt.datetime,
    until: dt.datetime,
    *,
    besides: int = 0,
) -> dict[int, Decimal | None]:
    """Units that are free for a whole period, by product; None: always there."""
    wanted = {product.pk: product for product in products}
    counted = [pk for pk, one in wanted.items() if one.kind == Product.Kind.STORABLE]
    found: dict[int, Decimal | None] = dict.fromkeys(wanted)
    if counted:
        owned = owned_stock(counted, company)
        taken = busy(counted, company, starts_at, until, besides=besides)
        for pk in counted:
            found[pk] = owned.get(pk, ZERO) - taken.get(pk, ZERO)
    return found


def shortages(
    rental: RentalOrder, lines: Sequence[RentalLine] | None = None
) -> list[tuple[Product, Decimal, Decimal]]:
    """Products of which a rental wants more than is free: product, wanted, free."""
    found = list(
        lines
        if lines is not None
        else RentalLine.objects.filter(rental=rental).select_related("product")
    )
    short: dict[int, tuple[Product, Decimal, Decimal]] = {}
    for line in found:
        if line.product.kind != Product.Kind.STORABLE:
            continue
        wanted = sum(
            (
                max(other.quantity, other.picked_up) - other.returned
                for other in found
                if other.product_id == line.product_id
                and other.starts_at < line.busy_until
                and other.busy_until > line.starts_at
            ),
            ZERO,
        )
        there = free(
            [line.product],
            rental.company,
            line.starts_at,
            line.busy_until,
            besides=rental.pk,
        )[line.product_id]
        if there is not None and wanted > there:
            short[line.product_id] = (line.product, wanted, max(ZERO, there))
    return list(short.values())
