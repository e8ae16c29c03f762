"""Why an order cannot be invoiced."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class NothingToInvoiceYet(Refused):
    """Nothing is left, or nothing has been delivered."""

    def __init__(self, number: str) -> None:
        message = _(
            "Nothing of %(number)s can be invoiced now. Products that are invoiced "
            "by delivered quantities have to be delivered first."
        )
        super().__init__(message % {"number": number}, "nothing-to-invoice")


class AdvanceNotPositive(Refused):
    """A down payment is more than nothing."""

    def __init__(self) -> None:
        super().__init__(
            _("The amount of a down payment must be more than zero."), "advance"
        )


class CannotInvoice(Refused):
    """Cancelled orders are not invoiced; others once they are confirmed."""

    def __init__(self, number: str) -> None:
        message = _("%(number)s cannot be invoiced in its present state.")
        super().__init__(message % {"number": number}, "cannot-invoice")
