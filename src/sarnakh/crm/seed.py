"""The stages, lost reasons and recurring plans that every installation begins with."""

from sarnakh.accounts.models import Company
from sarnakh.crm import shipped
from sarnakh.crm.models import LostReason, RecurringPlan, Stage

# name, place, is it the won stage
STAGES = (
    (shipped.NEW, 1, False),
    (shipped.QUALIFIED, 2, False),
    (shipped.PROPOSITION, 3, False),
    (shipped.WON, 70, True),
)
LOST_REASONS = (shipped.TOO_EXPENSIVE, shipped.NO_SKILLS, shipped.NO_STOCK)
RECURRING_PLANS = (
    (shipped.MONTHLY, 1),
    (shipped.YEARLY, 12),
    (shipped.THREE_YEARS, 36),
    (shipped.FIVE_YEARS, 60),
)


def seed(company: Company) -> None:
    """Make what is there for nobody yet, in the company's language.

    A list that holds anything stays as people made it.
    """
    language = company.language
    if not Stage.objects.exists():
        Stage.objects.bulk_create(
            Stage(name=name.in_language(language), sequence=place, is_won=is_won)
            for name, place, is_won in STAGES
        )
    if not LostReason.objects.exists():
        LostReason.objects.bulk_create(
            LostReason(name=name.in_language(language)) for name in LOST_REASONS
        )
    if not RecurringPlan.objects.exists():
        RecurringPlan.objects.bulk_create(
            RecurringPlan(
                name=name.in_language(language), months=months, sequence=number * 10
            )
            for number, (name, months) in enumerate(RECURRING_PLANS, start=1)
        )
