"""Why the pipeline says no."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class AlreadyClosed(Refused):
    """The record has been won or lost already."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” is closed already.") % {"name": name}, "already-closed"
        )


class NotLost(Refused):
    """Only lost records can be restored."""

    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” is not lost.") % {"name": name}, "not-lost")


class NoWonStage(Refused):
    """The team's pipeline has no won stage."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no won stage. Mark one stage as won first."), "no-won-stage"
        )


class StageGone(Refused):
    """Somebody deleted the stage meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _("This stage was deleted meanwhile. Reload the board."), "stage-gone"
        )


class WrongStage(Refused):
    """The stage belongs to another team."""

    def __init__(self, stage: str, team: str) -> None:
        super().__init__(
            _("The stage “%(stage)s” does not belong to the team “%(team)s”.")
            % {"stage": stage, "team": team},
            "wrong-stage",
        )


class OtherCompany(Refused):
    """The customer works with another of our companies."""

    def __init__(self, customer: str, company: str) -> None:
        super().__init__(
            _("The customer “%(customer)s” does not belong to “%(company)s”.")
            % {"customer": customer, "company": company},
            "other-company",
        )
