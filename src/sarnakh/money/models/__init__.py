"""Currencies, taxes, terms, rounding, and how a company trades."""

from sarnakh.money.models.rate import CurrencyRate
from sarnakh.money.models.rounding import CashRounding
from sarnakh.money.models.settings import TradeSettings
from sarnakh.money.models.tax import FiscalPosition, Tax, TaxGroup, TaxMapping
from sarnakh.money.models.term import PaymentTerm, PaymentTermLine

__all__ = [
    "CashRounding",
    "CurrencyRate",
    "FiscalPosition",
    "PaymentTerm",
    "PaymentTermLine",
    "Tax",
    "TaxGroup",
    "TaxMapping",
    "TradeSettings",
]
