"""Plans and reasons that every installation begins with."""

from sarnakh.accounts.models import Company
from sarnakh.recurring import shipped
from sarnakh.recurring.models import BillingPlan, CloseReason

# name, every, of what
PLANS = (
    (shipped.MONTHLY, 1, "month"),
    (shipped.QUARTERLY, 3, "month"),
    (shipped.YEARLY, 1, "year"),
)
# name, code, whether customers may choose it
REASONS = (
    (shipped.EXPENSIVE, "", True),
    (shipped.UNNEEDED, "", True),
    (shipped.COMPETITOR, "", True),
    (shipped.UNSATISFIED, "", True),
    (shipped.END, "end", False),
    (shipped.UNPAID, "unpaid", False),
    (shipped.CANCELLED, "cancelled", False),
)


def seed(company: Company) -> None:
    """Make what is there for nobody yet, in the company's language."""
    language = company.language
    if BillingPlan.objects.exists() or CloseReason.objects.exists():
        return
    BillingPlan.objects.bulk_create(
        BillingPlan(
            name=name.in_language(language), count=count, unit=unit, sequence=place
        )
        for place, (name, count, unit) in enumerate(PLANS, start=1)
    )
    CloseReason.objects.bulk_create(
        CloseReason(
            name=name.in_language(language),
            code=code,
            is_public=is_public,
            sequence=place * 10,
        )
        for place, (name, code, is_public) in enumerate(REASONS, start=1)
    )
