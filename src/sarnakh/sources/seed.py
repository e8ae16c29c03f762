"""The media and sources that every installation begins with."""

from sarnakh.accounts.models import Company
from sarnakh.sources.models import Medium, Source
from sarnakh.sources.shipped import MEDIUM_NAMES, SOURCE_NAMES


def seed(company: Company) -> None:
    """Make what is there for nobody yet, in the company's language."""
    if not Medium.objects.exists():
        Medium.objects.bulk_create(
            Medium(name=name.in_language(company.language)) for name in MEDIUM_NAMES
        )
    if not Source.objects.exists():
        Source.objects.bulk_create(
            Source(name=name.in_language(company.language)) for name in SOURCE_NAMES
        )
