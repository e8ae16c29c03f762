"""What accounts refuse, in words for the user."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class AlreadySetUp(Refused):
    """The first company is made only once."""

    def __init__(self) -> None:
        super().__init__(_("This installation has users already."), "already-set-up")


class AddressTaken(Refused):
    """One address, one user."""

    def __init__(self) -> None:
        super().__init__(_("Another user has this email."), "address-taken")


class LinkSpent(Refused):
    """A one-time link that was used, replaced, or is too old."""

    def __init__(self) -> None:
        super().__init__(
            _("This link has been used or is too old. Ask for a new one."),
            "link-spent",
        )


class LastManager(Refused):
    """Somebody must be able to manage the settings."""

    def __init__(self) -> None:
        super().__init__(
            _("This is the last active settings manager; name another one first."),
            "last-manager",
        )


class NotYourself(Refused):
    """Nobody archives themselves."""

    def __init__(self) -> None:
        super().__init__(_("You cannot archive yourself."), "not-yourself")


class OneSalesRole(Refused):
    """Sales roles are steps of one ladder."""

    def __init__(self) -> None:
        super().__init__(_("Choose one sales role only."), "one-sales-role")


class OutsideYourCompanies(Refused):
    """A company in which the acting user does not work."""

    def __init__(self) -> None:
        super().__init__(
            _("This concerns a company that you do not work in."), "outside-companies"
        )


class LastCompany(Refused):
    """A company that people work in, or the only one."""

    def __init__(self) -> None:
        super().__init__(
            _("Active users work in this company; it cannot be archived."),
            "last-company",
        )


class ChangedMeanwhile(Refused):
    """Somebody saved the same record in between."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else changed this meanwhile. Load it again to see how."),
            "changed-meanwhile",
        )


class OwnParent(Refused):
    """A company cannot belong to itself, however many lie between."""

    def __init__(self) -> None:
        super().__init__(_("A company cannot belong to itself."), "own-parent")
