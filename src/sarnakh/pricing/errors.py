"""What price lists refuse."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class PricelistCircle(Refused):
    """A price cannot start from itself."""

    def __init__(self, name: object) -> None:
        super().__init__(
            _("“%(name)s” takes its prices from this list already.") % {"name": name},
            "pricelist-circle",
        )


class OwnPricelist(Refused):
    """The shortest circle."""

    def __init__(self) -> None:
        super().__init__(
            _("A rule cannot be based on its own price list."), "own-pricelist"
        )


class BaseOfOtherCompany(Refused):
    """A list starts from lists of its company and shared ones."""

    def __init__(self, name: object) -> None:
        super().__init__(
            _("“%(name)s” belongs to another company.") % {"name": name},
            "base-of-other-company",
        )
