"""The few words that templates say themselves."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

RIGHT_TO_LEFT = frozenset({"fa", "ar"})


def labels(language: str) -> dict[str, str]:
    """Words of the frame of every paper."""
    with translation.override(language):
        return {
            # Both names stay: the template puts numbers in their place.
            "page": pgettext("paper", "Page {page} of {pages}"),
            "in_words": _("In words"),
            "schedule": _("Payment schedule"),
            "seller": _("Seller"),
            "buyer": _("Buyer"),
        }


def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
