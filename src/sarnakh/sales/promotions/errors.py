"""Why a promotion, a code or a coupon is not for this order (spec sales §10.3)."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class CodeRefused(Refused):
    """The code does nothing on this order."""


def unknown() -> CodeRefused:
    """No rule and no coupon has it, or not for this company or price list."""
    return CodeRefused(_("This code is not valid."), "unknown-code")


def expired() -> CodeRefused:
    """The days of the program or of the coupon are over, or have not begun."""
    return CodeRefused(_("This code is not valid on this day."), "expired")


def used_up() -> CodeRefused:
    """The coupon has fewer points than its cheapest reward costs."""
    return CodeRefused(_("This coupon has been used already."), "used")


def limit_reached() -> CodeRefused:
    """As many orders as may have it have it."""
    return CodeRefused(
        _("This offer has been used as often as it may be."), "limit-reached"
    )


def purchase_too_small(amount: str) -> CodeRefused:
    """The minimum purchase."""
    return CodeRefused(
        _("This offer is for purchases of at least %(amount)s.") % {"amount": amount},
        "minimum-purchase",
    )


def products_missing() -> CodeRefused:
    """The products or quantities it is for."""
    return CodeRefused(
        _("The products that this offer is for are not in the order."),
        "products-missing",
    )


def already_applied() -> CodeRefused:
    """The code is on the order."""
    return CodeRefused(_("This code is applied already."), "already-applied")


def of_somebody_else() -> CodeRefused:
    """The coupon is reserved."""
    return CodeRefused(_("This coupon is for another customer."), "other-customer")


def for_later() -> CodeRefused:
    """An order does not use what it brings."""
    return CodeRefused(
        _("This coupon is for later orders, not for the one that brought it."),
        "later-orders",
    )


def better_applied() -> CodeRefused:
    """One percentage on the whole order at most."""
    return CodeRefused(
        _("A better or equal discount is applied already."), "better-applied"
    )


class NothingToClaim(Refused):
    """No offer fits this order now."""

    def __init__(self) -> None:
        super().__init__(_("There is no offer for this order now."), "nothing-to-claim")


class NotClaimable(Refused):
    """The reward is not to be had (any more)."""

    def __init__(self) -> None:
        super().__init__(
            _("This reward is not available for the order any more."), "not-claimable"
        )


class NotEnoughPoints(Refused):
    """A card would go below zero."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("“%(code)s” has not enough points any more.") % {"code": code},
            "not-enough-points",
        )
