"""Stages, lost reasons and recurring plans that the product brings."""

from sarnakh.lib.shipped import Name, Shipped

NEW = Name("جدید", "جديد", "New")
QUALIFIED = Name("تایید شده", "مؤهَّل", "Qualified")
SOLUTIONS = Name("راه‌حل‌ها", "الحلول", "Solutions")
PROPOSITION = Name("پیشنهاد", "العرض", "Proposition")
FOLLOW_UP = Name("رهگیری", "المتابعة", "Follow-up")
WON = Name("برده", "مكسوبة", "Won")

TOO_EXPENSIVE = Name("قیمت بالا", "السعر مرتفع", "Too expensive")
NO_SKILLS = Name(
    "کمبود نیرو یا مهارت", "نقص في الأفراد أو المهارات", "We don't have people/skills"
)
NO_STOCK = Name("کمبود موجودی", "نقص في المخزون", "Not enough stock")
COMPETITOR = Name("انتخاب رقیب", "اختيار منافس", "Chose a competitor")
NO_BUDGET = Name("نبود بودجه", "لا توجد ميزانية", "No budget")
POSTPONED = Name("توقف پروژه", "توقّف المشروع", "Project put on hold")

MONTHLY = Name("ماهانه", "شهري", "Monthly")
YEARLY = Name("سالانه", "سنوي", "Yearly")
THREE_YEARS = Name("سه‌ساله", "على مدى 3 سنوات", "Over 3 years")
FIVE_YEARS = Name("پنج‌ساله", "على مدى 5 سنوات", "Over 5 years")

STAGES = Shipped((NEW, QUALIFIED, SOLUTIONS, PROPOSITION, FOLLOW_UP, WON))
LOST_REASONS = Shipped(
    (TOO_EXPENSIVE, NO_SKILLS, NO_STOCK, COMPETITOR, NO_BUDGET, POSTPONED)
)
RECURRING_PLANS = Shipped((MONTHLY, YEARLY, THREE_YEARS, FIVE_YEARS))
