"""Why an order is not sent this way."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class NotAvailable(Refused):
    """The method does not go there, or has no price for these goods."""

    def __init__(self, method: str) -> None:
        super().__init__(
            _("“%(method)s” is not available for this order.") % {"method": method},
            "shipping-not-available",
        )


class ShippingInvoiced(Refused):
    """What is on an invoice is not replaced."""

    def __init__(self) -> None:
        super().__init__(
            _("The shipping cost is invoiced already and cannot be changed."),
            "shipping-invoiced",
        )
