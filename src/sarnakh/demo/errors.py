"""Why the demo is not loaded or not removed."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class Production(Refused):
    """Log-ins that are written down do not belong into a production system."""

    def __init__(self) -> None:
        super().__init__(
            _("This is a production system (SARNAKH_PRODUCTION); no demo here."),
            "production",
        )


class RealPeople(Refused):
    """Somebody works in this database already."""

    def __init__(self) -> None:
        super().__init__(
            _("People work in this database already; load the demo into an empty one."),
            "real-people",
        )


class OnlyInDemo(Refused):
    """Real people would lose their only company."""

    def __init__(self, names: str) -> None:
        super().__init__(
            _("Give these people a company of their own first: %(names)s")
            % {"names": names},
            "only-in-demo",
        )


class NobodyLeft(Refused):
    """Without a settings manager nobody could let anybody in."""

    def __init__(self) -> None:
        super().__init__(
            _("Name a settings manager who is not from the demo first."), "nobody-left"
        )


class NoBeginning(Refused):
    """The last company goes, so a first one must be described."""

    def __init__(self) -> None:
        super().__init__(
            _("Say which company begins instead, and who manages it."), "no-beginning"
        )
