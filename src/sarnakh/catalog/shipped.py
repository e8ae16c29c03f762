"""Units and categories that the product brings."""

from sarnakh.lib.shipped import Name, Shipped

PIECES = Name("تعداد", "العدد", "Pieces")
WEIGHT = Name("وزن", "الوزن", "Weight")
LENGTH = Name("طول", "الطول", "Length")
AREA = Name("مساحت", "المساحة", "Area")
VOLUME = Name("حجم", "الحجم", "Volume")
TIME = Name("زمان", "الوقت", "Time")

UNIT = Name("عدد", "وحدة", "Unit")
DOZEN = Name("دوجین", "دزينة", "Dozen")
KILOGRAM = Name("کیلوگرم", "كيلوغرام", "kg")
GRAM = Name("گرم", "غرام", "g")
TONNE = Name("تن", "طن", "t")
METRE = Name("متر", "متر", "m")
CENTIMETRE = Name("سانتی‌متر", "سنتيمتر", "cm")
KILOMETRE = Name("کیلومتر", "كيلومتر", "km")
SQUARE_METRE = Name("متر مربع", "متر مربع", "m²")
LITRE = Name("لیتر", "لتر", "L")
CUBIC_METRE = Name("متر مکعب", "متر مكعب", "m³")
HOUR = Name("ساعت", "ساعة", "Hour")
DAY = Name("روز", "يوم", "Day")

ALL = Name("همه", "الكل", "All")

UNIT_CATEGORIES = Shipped((PIECES, WEIGHT, LENGTH, AREA, VOLUME, TIME))
UNITS = Shipped(
    (
        UNIT, DOZEN, KILOGRAM, GRAM, TONNE, METRE, CENTIMETRE, KILOMETRE, SQUARE_METRE,
        LITRE, CUBIC_METRE, HOUR, DAY,
    )
)  # fmt: skip
CATEGORIES = Shipped((ALL,))
