"""What subscriptions do by the clock."""

from django_tasks import task

from sarnakh.accounts.models import Company
from sarnakh.recurring import nightly


@task()
def run() -> None:
    """Invoice what is due, close what has ended or is unpaid."""
    for company in Company.objects.filter(active=True):
        nightly.run(company, company.profile().today())
