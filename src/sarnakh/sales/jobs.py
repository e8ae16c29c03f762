"""What sales does by itself."""

from django_tasks import task

from sarnakh.accounts.models import Company
from sarnakh.sales import reminders


@task()
def remind() -> None:
    """Remind salespeople of offers that expire or are not answered."""
    for company in Company.objects.filter(active=True):
        reminders.remind(company, company.profile().today())
