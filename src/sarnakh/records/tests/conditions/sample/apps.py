"""The made-up records as an app of their own, so that links go both ways."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    """Installed by the tests only."""

    name = "sarnakh.records.tests.conditions.sample"
    label = "sample"
