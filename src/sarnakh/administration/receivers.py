"""What follows when an installation gets its first company."""

from typing import Any

from django.dispatch import receiver

from sarnakh.accounts.events import company_set_up
from sarnakh.accounts.models import Company
from sarnakh.administration.seed import seed


@receiver(company_set_up)
def bring_reference_data(sender: Any, company: Company, **_rest: Any) -> None:
    """Nobody starts with an empty pipeline."""
    seed(company)
