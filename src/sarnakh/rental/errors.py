"""Why a rental says no."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class Shortage(Refused):
    """More units would be promised than there are."""

    def __init__(self, product: str, wanted: str, free: str) -> None:
        super().__init__(
            _(
                "Only %(free)s of “%(product)s” are free in this period, %(wanted)s "
                "are wanted."
            )
            % {"product": product, "wanted": wanted, "free": free},
            "rental-shortage",
        )


class NotThere(Refused):
    """Nothing lies there that could be handed over."""

    def __init__(self, product: str) -> None:
        super().__init__(
            _("There are not so many of “%(product)s” in the warehouse.")
            % {"product": product},
            "not-there",
        )


class NotReserved(Refused):
    """Only confirmed rentals are picked up."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("Confirm %(number)s first.") % {"number": number}, "not-reserved"
        )


class TooMany(Refused):
    """More than waits for its pickup, or than is out."""

    def __init__(self, product: str, possible: str) -> None:
        super().__init__(
            _("At most %(possible)s of “%(product)s” are possible.")
            % {"possible": possible, "product": product},
            "too-many",
        )


class Meanwhile(Refused):
    """Somebody else was quicker; the dialog showed what was before."""

    def __init__(self) -> None:
        super().__init__(
            _("The rental has changed meanwhile. Look at it again."), "rental-changed"
        )


class TooShort(Refused):
    """The product is not rented for so short a time."""

    def __init__(self, product: str, hours: str) -> None:
        super().__init__(
            _("“%(product)s” is rented for at least %(hours)s hours.")
            % {"product": product, "hours": hours},
            "rental-too-short",
        )


class ReturnsBeforePickup(Refused):
    """A rental ends after it begins."""

    def __init__(self) -> None:
        super().__init__(
            _("The return must be later than the pickup."), "returns-before-pickup"
        )


class PickedUpAlready(Refused):
    """What is out cannot be reduced or begin at another time."""

    def __init__(self, product: str) -> None:
        super().__init__(
            _("“%(product)s” is picked up already.") % {"product": product},
            "picked-up-already",
        )
