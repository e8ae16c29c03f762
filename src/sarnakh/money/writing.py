"""Rates of currencies and cash roundings: plain records with a few checks."""

from typing import Any

from django.utils.translation import gettext as _

from sarnakh.money.models import CashRounding, CurrencyRate
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues


def _fit_rate(rate: Any, changed: set[str]) -> None:
    if rate.price <= 0:
        raise InvalidValues({"price": _("This must be more than 0.")})
    if rate.company and rate.company.currency == rate.currency:
        raise InvalidValues(
            {"currency": _("This is the company's own currency; it is always worth 1.")}
        )
    twins = CurrencyRate.objects.filter(
        company=rate.company, currency=rate.currency, date=rate.date
    ).exclude(pk=rate.pk)
    if twins.exists():
        raise InvalidValues({"date": _("There is a rate for this day already.")})


def _fit_rounding(rounding: Any, changed: set[str]) -> None:
    if rounding.step < 1:
        raise InvalidValues({"step": _("This must be more than 0.")})


RATE_WRITERS = plain.plain_writers(CurrencyRate, _fit_rate)
ROUNDING_WRITERS = plain.plain_writers(CashRounding, _fit_rounding)
