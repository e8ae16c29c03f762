"""Work that waits, and work that was given up."""

from collections.abc import Iterator

from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sarnakh.administration.doctor.finding import Finding, fine, warning, wrong
from sarnakh.jobs import queries
from sarnakh.jobs.limits import LATE


def examine() -> Iterator[Finding]:
    """How late the queue is, and what failed for good."""
    try:
        lag, dead = queries.lag(), queries.dead().count()
    except DatabaseError:
        # The part about the database says why.
        return
    if lag > LATE:
        minutes = int(lag.total_seconds() // 60)
        yield wrong(
            ngettext(
                "Jobs have been waiting for %(minutes)d minute.",
                "Jobs have been waiting for %(minutes)d minutes.",
                minutes,
            )
            % {"minutes": minutes},
            _("Start a worker: run_jobs, or serve without --no-jobs."),
        )
    else:
        yield fine(_("No job is late"))
    if dead:
        yield warning(
            ngettext(
                "%(count)d job failed for good.",
                "%(count)d jobs failed for good.",
                dead,
            )
            % {"count": dead},
            _("Look at the error of each, then retry or discard it."),
        )
