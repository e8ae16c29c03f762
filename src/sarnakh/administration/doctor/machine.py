"""The Python that runs us."""

import platform
import sys
from collections.abc import Iterator

from django.utils.translation import gettext as _

from sarnakh.administration.doctor.finding import Finding, fine, wrong

OLDEST = (3, 11)


def examine() -> Iterator[Finding]:
    """Its version."""
    version = {"version": platform.python_version()}
    if sys.version_info >= OLDEST:
        yield fine(_("Python %(version)s") % version)
    else:
        yield wrong(
            _("Python %(version)s is too old.") % version,
            _("Install Python 3.11 or newer."),
        )
