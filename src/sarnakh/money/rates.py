"""What currencies cost, by day."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from sarnakh.accounts.models import Company
from sarnakh.lib.errors import Refused
from sarnakh.money.conversion import converted, price_converted, quotient
from sarnakh.money.exact import ONE
from sarnakh.money.models import CurrencyRate


class NoRate(Refused):
    """Nothing says what the currency is worth."""

    def __init__(self, currency: str, company: Company) -> None:
        super().__init__(
            _("There is no rate for %(currency)s. Enter one under currency rates.")
            % {"currency": currency},
            "no-rate",
        )


def price_of(currency: str, company: Company, on: dt.date) -> Decimal:
    """The price of one unit in the company's currency; NoRate when unknown.

    The latest rate not after the day: the company's own first, then shared ones.
    Those are all quoted in one currency; which has no rate of its own is worth 1.
    """
    if currency == company.currency:
        return ONE
    own = _latest(currency, company, on)
    if own is not None:
        return own
    shared = _latest(currency, None, on)
    base = _latest(company.currency, None, on)
    if shared is None and base is None:
        raise NoRate(currency, company)
    return quotient(shared or ONE, base or ONE)


def rate(source: str, target: str, company: Company, on: dt.date) -> Decimal:
    """The price of one unit of the source in the target, not rounded."""
    if source == target:
        return ONE
    of_source = price_of(source, company, on)
    if target == company.currency:
        return of_source
    return quotient(of_source, price_of(target, company, on))


def convert(
    price: Decimal, source: str, target: str, company: Company, on: dt.date
) -> Decimal:
    """A price in major units, not rounded."""
    return price_converted(price, rate(source, target, company, on))


def convert_amount(
    amount: int, source: str, target: str, company: Company, on: dt.date
) -> int:
    """Smallest units of the target for smallest units of the source, rounded."""
    return converted(amount, rate(source, target, company, on), source, target)


def _latest(currency: str, company: Company | None, on: dt.date) -> Decimal | None:
    return (
        CurrencyRate.objects.filter(currency=currency, company=company, date__lte=on)
        .order_by("-date", "-pk")
        .values_list("price", flat=True)
        .first()
    )
