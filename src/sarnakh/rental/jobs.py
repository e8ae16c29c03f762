"""What rentals do by themselves."""

from django_tasks import task

from sarnakh.accounts.models import Company
from sarnakh.rental import reminders


@task()
def remind() -> None:
    """Remind of pickups and returns that are due or late."""
    for company in Company.objects.filter(active=True):
        reminders.remind(company, company.profile().today())
