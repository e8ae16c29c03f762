"""Why subscriptions say no."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class NotNow(Refused):
    """The subscription is not in a state in which this can be done."""


def not_quotation(number: str) -> NotNow:
    """The plan is settled with the confirmation."""
    return NotNow(
        _(
            "%(number)s is confirmed: its recurrence is settled. Renew it for another "
            "plan."
        )
        % {"number": number},
        "not-quotation",
    )


def not_running(number: str) -> NotNow:
    """Only running subscriptions are invoiced, paused, renewed and so on."""
    return NotNow(
        _("%(number)s is no running subscription.") % {"number": number},
        "not-running",
    )


def not_paused(number: str) -> NotNow:
    """Only paused ones go on."""
    return NotNow(_("%(number)s is not paused.") % {"number": number}, "not-paused")


def not_closed(number: str) -> NotNow:
    """Only closed ones are opened again."""
    return NotNow(_("%(number)s is not closed.") % {"number": number}, "not-closed")


def nothing_invoiced(number: str) -> NotNow:
    """Renewals and upsells come after the first invoice."""
    return NotNow(
        _("Nothing of %(number)s has been invoiced yet.") % {"number": number},
        "nothing-invoiced",
    )


def not_due(number: str, day: str) -> NotNow:
    """The next period has not begun."""
    return NotNow(
        _("The next invoice of %(number)s is due on %(day)s.")
        % {"number": number, "day": day},
        "not-due",
    )


def held_back(number: str) -> NotNow:
    """Nothing is invoiced while a payment is unclear."""
    return NotNow(
        _(
            "%(number)s waits for somebody to clear its payment; nothing is invoiced "
            "until then."
        )
        % {"number": number},
        "payment-exception",
    )


def has_renewal(number: str) -> NotNow:
    """What was replaced is not opened again."""
    return NotNow(
        _("%(number)s has a renewal and cannot be opened again.") % {"number": number},
        "has-renewal",
    )


def ends_before(number: str) -> NotNow:
    """It would end before it begins."""
    return NotNow(
        _("%(number)s would end before it begins.") % {"number": number},
        "ends-before-start",
    )


def parent_gone(number: str, parent: str) -> NotNow:
    """What was to be renewed or added to runs no more."""
    return NotNow(
        _("%(number)s cannot be confirmed: %(parent)s is not running any more.")
        % {"number": number, "parent": parent},
        "parent-not-running",
    )


def plan_in_use(name: str) -> NotNow:
    """Periods of what runs stay as they are."""
    return NotNow(
        _("“%(name)s” is in use, so its period cannot change. Make a new plan.")
        % {"name": name},
        "plan-in-use",
    )


def stays(number: str) -> NotNow:
    """Only quotations lose their recurrence."""
    return NotNow(
        _("%(number)s has run already: close it instead.") % {"number": number},
        "subscription-stays",
    )


class OtherCompany(Refused):
    """A plan of another company."""

    def __init__(self, plan: str, company: str) -> None:
        super().__init__(
            _("“%(what)s” does not belong to “%(company)s”.")
            % {"what": plan, "company": company},
            "other-company",
        )
