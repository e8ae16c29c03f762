"""What of an order is to be invoiced, and how far that is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

NOTHING = "nothing"
TO_INVOICE = "to-invoice"
INVOICED = "invoiced"
UPSELLING = "upselling"
ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    """A product line. `is_extra`: a discount, reward or delivery charge, which is
    never invoiced alone while the goods still wait. `is_periodic`: another room
    invoices it again and again, period by period."""

    ordered: Decimal
    delivered: Decimal = ZERO
    invoiced: Decimal = ZERO
    by_delivery: bool = False
    is_downpayment: bool = False
    is_extra: bool = False
    is_periodic: bool = False


def to_invoice(line: LineFacts, *, is_confirmed: bool) -> Decimal:
    """The quantity that the next invoice takes; negative when too much was."""
    if not is_confirmed or line.is_periodic:
        return ZERO
    if line.is_downpayment:
        return -line.invoiced
    basis = line.delivered if line.by_delivery else line.ordered
    return basis - line.invoiced


def line_status(line: LineFacts, *, is_confirmed: bool) -> str:
    """Where a line stands."""
    if not is_confirmed:
        return NOTHING
    left = to_invoice(line, is_confirmed=True)
    if line.is_downpayment and not left:
        return INVOICED
    if left:
        return TO_INVOICE
    if not line.by_delivery and line.delivered > line.ordered >= 0:
        return UPSELLING
    if line.invoiced >= line.ordered:
        return INVOICED
    return NOTHING


def order_status(lines: Sequence[LineFacts], *, is_confirmed: bool) -> str:
    """Where an order stands; advances do not count."""
    if not is_confirmed:
        return NOTHING
    counted = [line for line in lines if not line.is_downpayment]
    states = [line_status(line, is_confirmed=True) for line in counted]
    if TO_INVOICE in states:
        return NOTHING if only_extras_wait(counted, states) else TO_INVOICE
    if not states:
        return NOTHING
    if all(state == INVOICED for state in states):
        return INVOICED
    if all(state in (INVOICED, UPSELLING) for state in states):
        return UPSELLING
    return NOTHING


def only_extras_wait(lines: Sequence[LineFacts], states: Sequence[str]) -> bool:
    """Whether goods still wait and only discounts and the like could be invoiced."""
    ready = [
        line for line, state in zip(lines, states, strict=True) if state == TO_INVOICE
    ]
    return NOTHING in states and all(line.is_extra for line in ready)


def untaxed_to_invoice(
    quantity: Decimal,
    net_price: Decimal,
    untaxed_invoiced: Decimal,
    *,
    has_other_discount: bool = False,
    value_invoiced: Decimal = ZERO,
) -> Decimal:
    """The untaxed value still to be invoiced, in major units.

    `quantity` is that of the policy, `net_price` after discount and without
    included taxes. Where an invoice used another discount, prices before discount
    are compared and the result is never negative.
    """
    if has_other_discount:
        return max(ZERO, quantity * net_price - value_invoiced)
    return quantity * net_price - untaxed_invoiced


def amount_to_invoice(status: str, total: int, posted: int) -> int:
    """Tax included; nothing once everything is invoiced."""
    return 0 if status == INVOICED else total - posted
