"""Why a delivery says no."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class NothingToDeliver(Refused):
    """Neither typed nor reserved."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "Nothing is reserved for %(number)s. Check the availability, or type "
                "the delivered quantities."
            )
            % {"number": number},
            "nothing-to-deliver",
        )


class NothingPlanned(Refused):
    """A delivery without goods."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to deliver."), "nothing-planned")


class BackorderQuestion(Refused):
    """Less goes out than was asked for: what about the rest?"""

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "Less than ordered is delivered with %(number)s. Say whether the rest "
                "is delivered later or not at all."
            )
            % {"number": number},
            "backorder-question",
        )


class DeliveryCancelled(Refused):
    """A cancelled delivery stays as it is."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("%(number)s is cancelled.") % {"number": number}, "delivery-cancelled"
        )


class DeliveryDone(Refused):
    """What has left cannot be changed; it can come back."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("%(number)s is done already. Goods come back with a return.")
            % {"number": number},
            "delivery-done",
        )


class NotDelivered(Refused):
    """Only what was delivered can come back."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("%(number)s is not delivered yet.") % {"number": number},
            "not-delivered",
        )


class TooMuchReturned(Refused):
    """More comes back than ever left."""

    def __init__(self, product: str, possible: str) -> None:
        super().__init__(
            _("At most %(possible)s of “%(product)s” can come back.")
            % {"possible": possible, "product": product},
            "too-much-returned",
        )


class NegativeQuantity(Refused):
    """Quantities are not negative here."""

    def __init__(self) -> None:
        super().__init__(_("A quantity cannot be negative."), "negative-quantity")


class OtherWarehouse(Refused):
    """A delivery of one company leaves from its own warehouse."""

    def __init__(self, warehouse: str) -> None:
        super().__init__(
            _("The warehouse “%(warehouse)s” belongs to another company.")
            % {"warehouse": warehouse},
            "other-warehouse",
        )


class ServiceNotStocked(Refused):
    """Only storable goods have a stock."""

    def __init__(self, product: str) -> None:
        super().__init__(
            _("No stock is kept of “%(product)s”.") % {"product": product},
            "not-stocked",
        )
