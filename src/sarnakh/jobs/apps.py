"""Wiring of the jobs room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Work that happens after the answer has been given."""

    name = "sarnakh.jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        from sarnakh.jobs import checks  # noqa: F401
