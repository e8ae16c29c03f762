"""What price lists refuse."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class NoRate(Refused):
    """Two currencies meet, and nobody said what one costs in the other."""

    def __init__(self, currency: str) -> None:
        super().__init__(
            _("There is no exchange rate for %(currency)s.") % {"currency": currency},
            "no-rate",
        )
