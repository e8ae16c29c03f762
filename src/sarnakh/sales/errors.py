"""Why sales says no."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class WrongState(Refused):
    """The document is not in a state in which this can be done."""


def not_draft(number: str) -> WrongState:
    """Only drafts can be marked as sent."""
    return WrongState(
        _("%(number)s is not a draft any more.") % {"number": number}, "not-draft"
    )


def not_confirmable(number: str) -> WrongState:
    """Cancelled documents have to become quotations first."""
    return WrongState(
        _("%(number)s is cancelled; set it to quotation before you confirm it.")
        % {"number": number},
        "not-confirmable",
    )


def not_cancelled(number: str) -> WrongState:
    """Only what is sent or cancelled becomes a quotation again."""
    return WrongState(
        _("%(number)s cannot become a quotation again.") % {"number": number},
        "not-cancelled",
    )


def not_confirmed(number: str) -> WrongState:
    """Only sales orders are locked and unlocked."""
    return WrongState(
        _("%(number)s is not a confirmed order.") % {"number": number},
        "not-confirmed",
    )


def is_locked(number: str) -> WrongState:
    """Locked orders stay as they are."""
    return WrongState(
        _("%(number)s is locked. A sales manager can unlock it.") % {"number": number},
        "locked",
    )


def is_cancelled(number: str) -> WrongState:
    """Cancelled documents are only read."""
    return WrongState(
        _("%(number)s is cancelled and cannot be changed.") % {"number": number},
        "cancelled",
    )


def is_confirmed(number: str) -> WrongState:
    """Some things are settled with the confirmation."""
    return WrongState(
        _("%(number)s is confirmed: this can only be done on a quotation.")
        % {"number": number},
        "confirmed",
    )


def not_deletable(number: str) -> WrongState:
    """Sent and confirmed documents are cancelled, not deleted."""
    return WrongState(
        _("%(number)s can only be deleted as a draft or after it was cancelled.")
        % {"number": number},
        "not-deletable",
    )


def has_papers(number: str) -> WrongState:
    """Deliveries and invoices would lose their order."""
    return WrongState(
        _("%(number)s has deliveries or invoices and cannot be deleted.")
        % {"number": number},
        "has-papers",
    )


def line_stays(line: str) -> WrongState:
    """Lines of confirmed orders are not deleted."""
    return WrongState(
        _("“%(line)s” belongs to a confirmed order: set its quantity to 0 instead.")
        % {"line": line},
        "line-stays",
    )


def below_delivered(line: str, delivered: str) -> WrongState:
    """What was delivered cannot be un-ordered."""
    return WrongState(
        _("%(delivered)s of “%(line)s” are delivered already; order no less.")
        % {"line": line, "delivered": delivered},
        "below-delivered",
    )


class Blocked(Refused):
    """A customer or product that must not be sold (to)."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(
            _("“%(name)s” is blocked: %(text)s") % {"name": name, "text": text},
            "blocked",
        )


class OtherCompany(Refused):
    """Something of another company on this one's document."""

    def __init__(self, what: str, company: str) -> None:
        super().__init__(
            _("“%(what)s” does not belong to “%(company)s”.")
            % {"what": what, "company": company},
            "other-company",
        )


class NotSold(Refused):
    """Products that are archived or not for sale."""

    def __init__(self, product: str) -> None:
        super().__init__(
            _("“%(product)s” is not sold any more.") % {"product": product}, "not-sold"
        )


class OverCredit(Refused):
    """The customer would owe more than was agreed."""

    def __init__(self, customer: str, limit: str) -> None:
        super().__init__(
            _("“%(customer)s” would owe more than the credit limit of %(limit)s.")
            % {"customer": customer, "limit": limit},
            "over-credit",
        )


class NothingToDiscount(Refused):
    """There is no amount that a discount could lower."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to discount."), "nothing-to-discount")
