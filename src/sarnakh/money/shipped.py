"""Taxes and payment terms that every company begins with, in its language."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sarnakh.lib.calendars import JALALI
from sarnakh.lib.shipped import Name
from sarnakh.money.models import PaymentTermLine, Tax

VAT = Name("ارزش افزوده", "ضريبة القيمة المضافة", "VAT")
SALES_VAT = Name(
    "ارزش افزوده فروش {rate}٪", "ضريبة القيمة المضافة {rate}٪", "VAT {rate}%"
)
EXEMPT = Name("معاف", "معفى من الضريبة", "Exempt")
ZERO_RATE = Name("نرخ صفر", "خاضع لنسبة الصفر", "Zero rate")

VAT_SERIES = "vat"


@dataclass(frozen=True)
class Rate:
    """A rate and its first day; rates that nobody uses any more are archived."""

    percent: Decimal
    since: dt.date | None = None
    until: dt.date | None = None
    active: bool = True


def _iran(percent: int, since: int, until: int | None, *, active: bool = True) -> Rate:
    """From the first day of a Jalali year to the last day of another one."""
    last = JALALI.date(until + 1, 1, 1) - dt.timedelta(days=1) if until else None
    return Rate(Decimal(percent), JALALI.date(since, 1, 1), last, active)


# Only 9 % (press of 1394) and 10 % (announcement for 1403) are certain to the day;
# older ones follow press and budget laws.
RATES: dict[str, tuple[Rate, ...]] = {
    "IR": (
        _iran(3, 1387, 1389, active=False),
        _iran(4, 1390, 1390, active=False),
        _iran(5, 1391, 1391, active=False),
        _iran(6, 1392, 1392, active=False),
        _iran(8, 1393, 1393, active=False),
        _iran(9, 1394, 1402),
        _iran(10, 1403, None),
    ),
    "SA": (
        Rate(Decimal(5), dt.date(2018, 1, 1), dt.date(2020, 6, 30), active=False),
        Rate(Decimal(15), dt.date(2020, 7, 1)),
    ),
    "AE": (Rate(Decimal(5), dt.date(2018, 1, 1)),),
    "EG": (Rate(Decimal(14), dt.date(2017, 7, 1)),),
    "OM": (Rate(Decimal(5), dt.date(2021, 4, 16)),),
    "BH": (
        Rate(Decimal(5), dt.date(2019, 1, 1), dt.date(2021, 12, 31), active=False),
        Rate(Decimal(10), dt.date(2022, 1, 1)),
    ),
}
TREATMENTS = (
    (ZERO_RATE, Tax.Treatment.ZERO),
    (EXEMPT, Tax.Treatment.EXEMPT),
)


@dataclass(frozen=True)
class Part:
    """One part of payment terms."""

    percent: Decimal = Decimal(100)
    days: int = 0
    delay: str = PaymentTermLine.Delay.DAYS


@dataclass(frozen=True)
class Term:
    """Payment terms by name."""

    name: Name
    parts: tuple[Part, ...]
    early_percent: Decimal = Decimal(0)
    early_days: int = 0


TERMS = (
    Term(Name("پرداخت فوری", "دفع فوري", "Immediate payment"), (Part(),)),
    Term(Name("۱۵ روزه", "15 يومًا", "15 days"), (Part(days=15),)),
    Term(Name("۲۱ روزه", "21 يومًا", "21 days"), (Part(days=21),)),
    Term(Name("۳۰ روزه", "30 يومًا", "30 days"), (Part(days=30),)),
    Term(Name("۴۵ روزه", "45 يومًا", "45 days"), (Part(days=45),)),
    Term(
        Name("پایان ماه بعد", "نهاية الشهر التالي", "End of following month"),
        (Part(delay=PaymentTermLine.Delay.NEXT_MONTH_END),),
    ),
    Term(
        Name(
            "۱۰ روز پس از پایان ماه بعد",
            "10 أيام بعد نهاية الشهر التالي",
            "10 days after end of next month",
        ),
        (Part(days=10, delay=PaymentTermLine.Delay.NEXT_MONTH_END),),
    ),
    Term(
        Name(
            "۳۰٪ نقد، مانده ۶۰ روزه",
            "30٪ الآن والباقي خلال 60 يومًا",
            "30% now, balance 60 days",
        ),
        (Part(Decimal(30)), Part(Decimal(70), days=60)),
    ),
    Term(
        Name(
            "۳۰ روزه، ۲٪ تخفیف تا ۷ روز",
            "30 يومًا، خصم 2٪ خلال 7 أيام",
            "2/7 net 30",
        ),
        (Part(days=30),),
        early_percent=Decimal(2),
        early_days=7,
    ),
)
