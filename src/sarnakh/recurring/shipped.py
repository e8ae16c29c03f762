"""Names that every installation begins with."""

from sarnakh.lib.shipped import Name, Shipped

WEEKLY = Name("هفتگی", "أسبوعي", "Weekly")
MONTHLY = Name("ماهانه", "شهري", "Monthly")
QUARTERLY = Name("سه‌ماهه", "ربع سنوي", "Quarterly")
YEARLY = Name("سالانه", "سنوي", "Yearly")
PLANS = Shipped((WEEKLY, MONTHLY, QUARTERLY, YEARLY))

END = Name("پایان قرارداد", "نهاية العقد", "End of contract")
UNPAID = Name("پرداخت نشدن فاکتور", "عدم سداد الفاتورة", "Unpaid invoice")
CANCELLED = Name("لغو سفارش", "إلغاء الطلب", "Order cancelled")
EXPENSIVE = Name("گران بودن", "مرتفع الثمن", "Too expensive")
UNNEEDED = Name("دیگر نیازی نیست", "لم تعد هناك حاجة", "No longer needed")
COMPETITOR = Name("انتخاب رقیب", "اختيار منافس", "Chose a competitor")
UNSATISFIED = Name("نارضایتی از خدمات", "عدم الرضا عن الخدمة", "Not satisfied")
REASONS = Shipped(
    (END, UNPAID, CANCELLED, EXPENSIVE, UNNEEDED, COMPETITOR, UNSATISFIED)
)
