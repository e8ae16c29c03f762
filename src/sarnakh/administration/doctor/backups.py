"""Whether there is a way back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from sarnakh.administration.backup import actions, archive
from sarnakh.administration.doctor.finding import Finding, fine, warning, wrong

OLD = timedelta(days=2)


def examine() -> Iterator[Finding]:
    """The age of the newest backup, and whether it can be opened."""
    newest = next(iter(actions.backups()), None)
    if newest is None:
        yield warning(_("There is no backup yet."), _("Run: backup"))
        return
    at, path = newest
    try:
        archive.read_manifest(path)
    except archive.Damaged as error:
        yield wrong(
            _("The newest backup is damaged: %(error)s") % {"error": error},
            _("Run: backup"),
        )
        return
    age = datetime.now(UTC) - at
    if age > OLD:
        yield wrong(
            _("The newest backup is %(days)d days old.") % {"days": age.days},
            _("Run: backup. Let the server or run_jobs run at night."),
        )
    else:
        yield fine(
            _("The newest backup is %(hours)d hours old")
            % {"hours": age.total_seconds() // 3600}
        )
