"""What browsers load."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from sarnakh.administration.doctor.finding import Finding, fine, wrong


def examine() -> Iterator[Finding]:
    """Built and gathered."""
    built = all(
        (Path(folder) / "app.js").exists() for folder in settings.STATICFILES_DIRS
    )
    gathered = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    if built and gathered:
        yield fine(_("The browser files are built"))
    else:
        yield wrong(
            _("The browser files have not been built."),
            _("Run: python3 sarnakh build"),
        )
