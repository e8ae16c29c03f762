"""What a customer may do with an order now. Plain decisions, no writes."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sarnakh.portal import payments
from sarnakh.sales.models import Order

GRACE = dt.timedelta(days=30)
HUNDRED = Decimal(100)


def today_of(order: Order) -> dt.date:
    """Today where the seller is."""
    return order.company.profile().today()


def is_expired(order: Order) -> bool:
    """The last day of the offer is over; the day itself still counts."""
    return bool(
        order.is_quotation and order.expires_on and order.expires_on < today_of(order)
    )


def is_open(order: Order) -> bool:
    """Links end with a cancellation and 30 days after the offer."""
    if order.state == Order.State.CANCELLED:
        return False
    if not order.is_quotation or not order.expires_on:
        return True
    return today_of(order) <= order.expires_on + GRACE


def needed(order: Order) -> int:
    """What has to be paid before the order is confirmed, in smallest units."""
    if not order.asks_payment:
        return 0
    share = Decimal(order.total) * order.prepayment_percent / HUNDRED
    return int(share.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class Standing:
    """What is asked of the customer, in this order: sign, then pay."""

    is_expired: bool
    is_signed: bool
    may_sign: bool
    may_decline: bool
    may_pay: bool
    may_choose: bool
    needed: int
    paid: int

    @property
    def left(self) -> int:
        """What is still to be paid before the confirmation."""
        return max(0, self.needed - self.paid)


def of(order: Order) -> Standing:
    """The standing of an order; one statement, and none unless payment is asked."""
    expired = is_expired(order)
    is_live = order.is_quotation and not expired
    is_signed = order.signed_at is not None
    may_sign = is_live and order.asks_signature and not is_signed
    wanted = needed(order)
    paid = payments.paid("orders", order.pk) if order.asks_payment else 0
    return Standing(
        is_expired=expired,
        is_signed=is_signed,
        may_sign=may_sign,
        may_decline=may_sign,
        may_pay=is_live and not may_sign and order.total > 0 and paid < wanted,
        may_choose=is_live and not is_signed,
        needed=wanted,
        paid=paid,
    )


def is_settled(order: Order) -> bool:
    """Nothing is asked of the customer any more: it can be confirmed."""
    if order.asks_signature and order.signed_at is None:
        return False
    wanted = needed(order)
    return not wanted or payments.paid("orders", order.pk) >= wanted
