"""Media and sources that the product brings."""

from sarnakh.lib.shipped import Name, Shipped

MEDIUM_NAMES = (
    Name("وب‌سایت", "الموقع الإلكتروني", "Website"),
    Name("تلفن", "الهاتف", "Phone"),
    Name("مستقیم", "مباشر", "Direct"),
    Name("ایمیل", "البريد الإلكتروني", "Email"),
    Name("بنر", "لافتة إعلانية", "Banner"),
    Name("شبکه‌های اجتماعی", "وسائل التواصل", "Social media"),
    Name("تلویزیون", "التلفزيون", "Television"),
    Name("تبلیغات جستجو", "إعلانات البحث", "Search ads"),
)
SOURCE_NAMES = (
    Name("موتور جستجو", "محرك البحث", "Search engine"),
    Name("یادآوری سرنخ", "تذكير بفرصة سابقة", "Lead recall"),
    Name("خبرنامه", "النشرة الإخبارية", "Newsletter"),
    Name("اینستاگرام", "إنستغرام", "Instagram"),
    Name("لینکدین", "لينكدإن", "LinkedIn"),
    Name("تلگرام", "تيليغرام", "Telegram"),
    Name("نمایشگاه", "المعرض", "Exhibition"),
    Name("معرفی مشتری", "توصية عميل", "Customer referral"),
)
MEDIA = Shipped(MEDIUM_NAMES)
SOURCES = Shipped(SOURCE_NAMES)
