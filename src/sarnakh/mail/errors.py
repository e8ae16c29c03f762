"""Why a letter is not written."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class NoRecipient(Refused):
    """Nobody to write to, or nobody with a valid address."""

    def __init__(self) -> None:
        super().__init__(_("Name at least one valid e-mail address."), "no-recipient")


class WrongAddress(Refused):
    """Something that is no address."""

    def __init__(self, address: str) -> None:
        message = _("“%(address)s” is not a valid e-mail address.")
        super().__init__(message % {"address": address[:100]}, "wrong-address")


class TooManyRecipients(Refused):
    """More people at once than one action may write to."""

    def __init__(self, limit: int) -> None:
        message = _("Write to at most %(limit)s people at once.")
        super().__init__(message % {"limit": limit}, "too-many-recipients")


class BrokenHeader(Refused):
    """A subject or name with line ends, which would forge headers."""

    def __init__(self) -> None:
        super().__init__(
            _("Subject and names may not contain line breaks."), "broken-header"
        )


class NoSubject(Refused):
    """A letter without a subject."""

    def __init__(self) -> None:
        super().__init__(_("Write a subject."), "no-subject")


class UnknownPlaceholder(Refused):
    """A placeholder that means nothing here."""

    def __init__(self, name: str, known: str) -> None:
        message = _("There is no placeholder “%(name)s”. Known are: %(known)s.")
        super().__init__(
            message % {"name": name[:60], "known": known}, "unknown-placeholder"
        )


class NotWaiting(Refused):
    """The letter is in another state by now."""

    def __init__(self) -> None:
        super().__init__(_("This letter is not waiting any more."), "not-waiting")


class NotFailed(Refused):
    """Only failed letters can be tried again."""

    def __init__(self) -> None:
        super().__init__(_("This letter has not failed."), "not-failed")


class AttachmentTooLarge(Refused):
    """Together the attachments are larger than mail servers take."""

    def __init__(self, limit: int) -> None:
        message = _("Attachments may have at most %(limit)s MB together.")
        super().__init__(
            message % {"limit": limit // 1024 // 1024}, "attachments-too-large"
        )
