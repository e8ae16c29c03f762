"""The journals that every company begins with."""

from sarnakh.accounts.models import Company
from sarnakh.invoicing.models import Journal
from sarnakh.lib.shipped import Name

# kind, code, name
SHIPPED = (
    ("sale", "INV", Name("فروش", "المبيعات", "Sales")),
    ("bank", "BNK", Name("بانک", "البنك", "Bank")),
    ("cash", "CSH", Name("صندوق", "الصندوق", "Cash")),
    ("card", "POS", Name("کارت‌خوان", "جهاز البطاقات", "Card reader")),
    ("cheque", "CHQ", Name("چک", "الشيكات", "Cheques")),
)


def seed(company: Company) -> None:
    """Make what is missing, in the company's language; changes by people stay."""
    for place, (kind, code, name) in enumerate(SHIPPED, start=1):
        Journal.objects.get_or_create(
            company=company,
            code=code,
            defaults={
                "name": name.in_language(company.language),
                "kind": kind,
                "sequence": place * 10,
            },
        )
