"""What a confirmed order means for its opportunity (decision 4)."""

from sarnakh.accounts.actor import Actor
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import Lead
from sarnakh.money.conversion import converted
from sarnakh.money.models import TradeSettings
from sarnakh.records import actions as plain
from sarnakh.records.whole import whole
from sarnakh.sales.models import Order


def raise_revenue(order: Order, settings: TradeSettings, *, by: Actor) -> None:
    """The expected revenue rises to the order's untaxed total, and never falls.

    The opportunity is won by itself where the company wants that.
    """
    lead = order.opportunity
    if lead is None:
        return
    if (wanted := _in_its_currency(order, lead)) > lead.expected_revenue:
        lead = leads.change(lead, {"expected_revenue": wanted}, by=by)
    automatic = TradeSettings.Winning.AUTOMATIC
    if settings.wins_on_confirmation == automatic and is_open(lead):
        leads.mark_won(lead, by=by)


def asks(order: Order, settings: TradeSettings) -> bool:
    """Whether somebody should be asked to mark the opportunity as won."""
    return (
        order.state == Order.State.SALE
        and settings.wins_on_confirmation == TradeSettings.Winning.ASK
        and order.opportunity is not None
        and is_open(order.opportunity)
    )


@whole
def win_opportunity(order: Order, *, by: Actor) -> Order:
    """Mark the order's opportunity as won; a won one stays won."""
    if order.opportunity is not None:
        lead = plain.locked(order.opportunity)
        if is_open(lead):
            leads.mark_won(lead, by=by)
    return order


def is_open(lead: Lead) -> bool:
    """Neither won nor lost."""
    return lead.active and lead.probability < 100


def _in_its_currency(order: Order, lead: Lead) -> int:
    """The untaxed total in the currency of the opportunity's company."""
    home = order.company.currency
    currency = lead.company.currency if lead.company else home
    if currency == home:
        return order.company_untaxed
    if currency == order.currency:
        return order.untaxed
    from sarnakh.money import rates

    price = rates.price_of(currency, order.company, order.ordered_at.date())
    return converted(order.company_untaxed, 1 / price, home, currency)


__all__ = ["asks", "is_open", "raise_revenue", "win_opportunity"]
