"""Everything that a subscription can do."""

from sarnakh.recurring.subscriptions.attaching import (
    attach,
    change,
    create,
    delete,
    set_recurrence,
)
from sarnakh.recurring.subscriptions.billing import invoice_period
from sarnakh.recurring.subscriptions.closing import (
    clear_exception,
    close,
    close_for,
    pause,
    reopen,
    resume,
)
from sarnakh.recurring.subscriptions.renewing import renew, upsell

__all__ = [
    "attach",
    "change",
    "clear_exception",
    "close",
    "close_for",
    "create",
    "delete",
    "invoice_period",
    "pause",
    "renew",
    "reopen",
    "resume",
    "set_recurrence",
    "upsell",
]
