"""The sales teams that every installation begins with."""

from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.lib.shipped import Name
from sarnakh.teams.models import Member, Team

SALES = Name("فروش", "المبيعات", "Sales")
WEBSITE = Name("وب‌سایت", "الموقع الإلكتروني", "Website")
POINT_OF_SALE = Name("پایانه فروش", "نقطة البيع", "Point of sale")


def seed(company: Company) -> None:
    """Make the first teams, in the company's language, when there are none.

    They belong to no company, so that a second company can use them as well. Who
    administers the company is the first salesperson.
    """
    if Team.objects.exists():
        return
    language = company.language
    sales = Team.objects.create(
        name=SALES.in_language(language), sequence=0, alias="info"
    )
    # Sold through other channels: there when they are needed, out of sight before.
    for name in (WEBSITE, POINT_OF_SALE):
        Team.objects.create(
            name=name.in_language(language), uses_pipeline=False, active=False
        )
    people = User.objects.filter(company=company, is_active=True).order_by("pk")
    for user in people:
        if Role.ADMINISTRATOR in user.role_set:
            Member.objects.create(team=sales, user=user)
