"""Why invoices and payments refuse."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class NotDraft(Refused):
    """Only drafts can be edited, posted or cancelled."""

    def __init__(self, title: str) -> None:
        message = _("%(title)s is not a draft. Reset it to draft first.")
        super().__init__(message % {"title": title}, "not-draft")


class NotPosted(Refused):
    """Only posted documents can be paid, credited or reset."""

    def __init__(self, title: str) -> None:
        message = _("%(title)s is not posted.")
        super().__init__(message % {"title": title}, "not-posted")


class NothingToInvoice(Refused):
    """A document needs a line."""

    def __init__(self) -> None:
        super().__init__(_("Add at least one line first."), "no-lines")


class NegativeTotal(Refused):
    """Less than nothing is a credit note."""

    def __init__(self) -> None:
        super().__init__(
            _("The total is negative. Make a credit note instead."), "negative-total"
        )


class WrongJournal(Refused):
    """The journal is archived, of another kind or of another company."""

    def __init__(self, name: str) -> None:
        message = _("The journal “%(name)s” cannot be used here.")
        super().__init__(message % {"name": name}, "wrong-journal")


class CrossCompany(Refused):
    """A document keeps to one company."""

    def __init__(self, name: str) -> None:
        message = _("“%(name)s” belongs to another company.")
        super().__init__(message % {"name": name}, "cross-company")


class OtherYear(Refused):
    """A number says its year, and the date has to be of that year."""

    def __init__(self, number: str) -> None:
        message = _(
            "The date does not lie in the year of number %(number)s. "
            "Choose a date of that year."
        )
        super().__init__(message % {"number": number}, "other-year")


class PeriodLocked(Refused):
    """The books are closed up to a day."""

    def __init__(self, day: str) -> None:
        message = _("The journal is locked until %(day)s.")
        super().__init__(message % {"day": day}, "period-locked")


class NumberedAlready(Refused):
    """What was posted once keeps its kind, journal and company."""

    def __init__(self, number: str) -> None:
        message = _("%(number)s has a number already: this cannot be changed any more.")
        super().__init__(message % {"number": number}, "numbered")


class LeavesGap(Refused):
    """Deleting it would leave a hole in the numbers."""

    def __init__(self, number: str) -> None:
        message = _(
            "Deleting %(number)s would leave a gap in the numbers. Only the last "
            "number of a chain can be deleted; cancel it instead."
        )
        super().__init__(message % {"number": number}, "leaves-gap")


class ChainBegun(Refused):
    """Only the first number of a chain can be chosen."""

    def __init__(self) -> None:
        super().__init__(_("This chain of numbers has begun already."), "chain-begun")


class NotDeletable(Refused):
    """Posted documents and payments are reset or cancelled, never deleted."""

    def __init__(self, title: str) -> None:
        message = _("%(title)s is posted and cannot be deleted.")
        super().__init__(message % {"title": title}, "not-deletable")


class HasCredit(Refused):
    """What others build on stays as it is."""

    def __init__(self, title: str) -> None:
        message = _("%(title)s has a credit note. Cancel that one first.")
        super().__init__(message % {"title": title}, "has-credit")


class NothingDue(Refused):
    """There is nothing left to pay."""

    def __init__(self, title: str) -> None:
        message = _("Nothing is due on %(title)s any more.")
        super().__init__(message % {"title": title}, "nothing-due")


class DoNotFit(Refused):
    """Documents of different customers, companies or currencies cannot be joined."""

    def __init__(self) -> None:
        super().__init__(
            _("These documents differ in customer, company, currency or kind."),
            "do-not-fit",
        )


class AmountNotPositive(Refused):
    """Money that moves is more than nothing."""

    def __init__(self) -> None:
        super().__init__(_("The amount must be more than zero."), "amount")


class TooMuch(Refused):
    """More than there is left."""

    def __init__(self) -> None:
        super().__init__(_("This is more than what is left."), "too-much")


class BadSayad(Refused):
    """Sixteen digits, or none."""

    def __init__(self) -> None:
        super().__init__(_("A Sayad ID has 16 digits."), "sayad")


class ChequeTwice(Refused):
    """A cheque pays once."""

    def __init__(self, sayad: str) -> None:
        message = _("The cheque with Sayad ID %(sayad)s is registered already.")
        super().__init__(message % {"sayad": sayad}, "cheque-twice")


class ChequeNeeds(Refused):
    """A cheque has a number and a day."""

    def __init__(self) -> None:
        super().__init__(
            _("Give the number of the cheque and its due date."), "cheque-needs"
        )


class ChequeStep(Refused):
    """A cheque cannot go that way."""

    def __init__(self) -> None:
        super().__init__(
            _("The cheque is not in a state for this step."), "cheque-step"
        )


class ReferenceTwice(Refused):
    """The same outside reference was registered before."""

    def __init__(self, reference: str) -> None:
        message = _("A payment with the reference “%(reference)s” exists already.")
        super().__init__(message % {"reference": reference}, "reference-twice")
