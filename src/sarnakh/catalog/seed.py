"""The units and the category that every installation begins with."""

from decimal import Decimal

from sarnakh.accounts.models import Company
from sarnakh.catalog import shipped
from sarnakh.catalog.models import ProductCategory, Unit, UnitCategory
from sarnakh.lib.shipped import Name

REFERENCE, BIGGER, SMALLER = (
    Unit.Size.REFERENCE,
    Unit.Size.BIGGER,
    Unit.Size.SMALLER,
)
# Category, then its units: name, size, ratio, rounding step.
UNITS: tuple[tuple[Name, tuple[tuple[Name, Unit.Size, int, str], ...]], ...] = (
    (
        shipped.PIECES,
        (
            (shipped.UNIT, REFERENCE, 1, "0.01"),
            (shipped.DOZEN, BIGGER, 12, "0.01"),
        ),
    ),
    (
        shipped.WEIGHT,
        (
            (shipped.KILOGRAM, REFERENCE, 1, "0.01"),
            (shipped.GRAM, SMALLER, 1000, "0.01"),
            (shipped.TONNE, BIGGER, 1000, "0.01"),
        ),
    ),
    (
        shipped.LENGTH,
        (
            (shipped.METRE, REFERENCE, 1, "0.01"),
            (shipped.CENTIMETRE, SMALLER, 100, "0.01"),
            (shipped.KILOMETRE, BIGGER, 1000, "0.01"),
        ),
    ),
    (shipped.AREA, ((shipped.SQUARE_METRE, REFERENCE, 1, "0.01"),)),
    (
        shipped.VOLUME,
        (
            (shipped.LITRE, REFERENCE, 1, "0.01"),
            (shipped.CUBIC_METRE, BIGGER, 1000, "0.01"),
        ),
    ),
    (
        shipped.TIME,
        (
            (shipped.HOUR, REFERENCE, 1, "0.01"),
            (shipped.DAY, BIGGER, 8, "0.01"),
        ),
    ),
)


def seed(company: Company) -> None:
    """Make what is there for nobody yet, in the company's language."""
    language = company.language
    if not UnitCategory.objects.exists():
        seed_units(language)
    if not ProductCategory.objects.exists():
        root = ProductCategory.objects.create(name=shipped.ALL.in_language(language))
        root.path = f"/{root.pk}/"
        root.save(update_fields=["path"])


def seed_units(language: str) -> None:
    """The shipped units, in a language; cartons differ and are made by people."""
    place = 0
    for name, units in UNITS:
        category = UnitCategory.objects.create(name=name.in_language(language))
        for unit, size, ratio, rounding in units:
            place += 1
            Unit.objects.create(
                name=unit.in_language(language),
                category=category,
                size=size,
                ratio=Decimal(ratio),
                rounding=Decimal(rounding),
                sequence=place,
            )
