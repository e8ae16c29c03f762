"""What deliveries do by themselves."""

from django_tasks import task

from sarnakh.accounts.models import Company
from sarnakh.delivery import reminders


@task()
def remind() -> None:
    """Remind of deliveries that are late."""
    for company in Company.objects.filter(active=True):
        reminders.remind(company, company.profile().today())
