"""Reference data: what lists hold before anybody has typed a word."""

from django.db import transaction

from sarnakh.accounts.models import Company
from sarnakh.activities import seed as activities
from sarnakh.catalog import seed as catalog
from sarnakh.crm import seed as crm
from sarnakh.delivery import seed as delivery
from sarnakh.invoicing import seed as invoicing
from sarnakh.mail import seed as mail
from sarnakh.money import seed as money
from sarnakh.pricing import seed as pricing
from sarnakh.recurring import seed as recurring
from sarnakh.sources import seed as sources
from sarnakh.teams import seed as teams


@transaction.atomic
def seed(company: Company) -> None:
    """Stages, teams, reasons, origins and activity types, where none are yet.

    Names are those of the company's language. Calling it again changes nothing.
    """
    activities.seed()
    sources.seed(company)
    teams.seed(company)
    crm.seed(company)
    recurring.seed(company)
    mail.seed()


@transaction.atomic
def seed_company(company: Company) -> None:
    """What every company begins with: its taxes, terms and the like.

    Calling it again adds only what was never there.
    """
    money.seed(company)
    invoicing.seed(company)
    delivery.seed(company)
    catalog.seed(company)
    pricing.seed(company)


def seed_companies() -> None:
    """Give companies of an older version what newer ones begin with."""
    mail.seed()
    if (first := Company.objects.order_by("pk").first()) is not None:
        recurring.seed(first)
    for company in Company.objects.order_by("pk"):
        seed_company(company)
