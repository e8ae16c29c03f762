"""Money of customers: begun online, or announced and confirmed by us."""

from sarnakh.portal.payments.actions import (
    announce,
    begin,
    confirm_receipt,
    finish,
    reject,
)
from sarnakh.portal.payments.handlers import Handler, on_payment
from sarnakh.portal.payments.queries import attempts_of, offered, paid

__all__ = [
    "Handler",
    "announce",
    "attempts_of",
    "begin",
    "confirm_receipt",
    "finish",
    "offered",
    "on_payment",
    "paid",
    "reject",
]
