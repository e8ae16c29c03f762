"""How other programs and people head the columns that we know by another name.

English names as in the exports of common CRM, contact and form programs, Persian and
Arabic ones as people type them. Facts about the world, compiled by hand; the order
inside a group says which column to prefer when several are there.
"""

from __future__ import annotations

from functools import lru_cache

from sarnakh.lib.text import searchable

MAX_HEADER = 200


@lru_cache(maxsize=4096)
def header_key(header: str) -> str:
    """What is compared of a header: its letters and digits, in search form."""
    return "".join(filter(str.isalnum, searchable(header[:MAX_HEADER])))


def _keys(*headers: str) -> dict[str, int]:
    keys: dict[str, int] = {}
    for header in headers:
        keys.setdefault(header_key(header), len(keys))
    return keys


# The first field of the targets that the record type has gets the column.
Synonyms = tuple[tuple[str, ...], dict[str, int]]

SYNONYMS: tuple[Synonyms, ...] = (
    (
        ("id",),
        _keys(
            *("External ID", "Record ID", "Lead ID", "Opportunity ID", "Deal ID"),
            *("Contact ID", "Person ID", "Prospect ID", "Account ID"),
            *("شناسه خارجی", "شناسه", "کد رکورد", "المعرف الخارجي", "المعرف"),
        ),
    ),
    (
        ("name",),
        _keys(
            *("Opportunity", "Opportunity Name", "Deal Name", "Deal", "Lead Name"),
            *("Lead", "Subject", "Deal Title", "Opportunity Title"),
            *("فرصت", "نام فرصت", "عنوان فرصت", "سرنخ", "نام سرنخ", "عنوان", "موضوع"),
            *("الفرصة", "اسم الفرصة", "عنوان الفرصة", "الموضوع"),
        ),
    ),
    (
        ("contact_name", "name"),
        _keys(
            *("Contact Name", "Full Name", "Display Name", "Name", "Contact"),
            *("Contact Person", "Person", "Customer Name", "Customer", "Client"),
            *("نام و نام خانوادگی", "نام کامل", "نام مخاطب", "مخاطب", "نام مشتری"),
            *("مشتری", "نام شخص", "طرف تماس", "اسم", "نام"),
            *("الاسم الكامل", "اسم العميل", "جهة الاتصال", "العميل", "الاسم"),
        ),
    ),
    (
        ("company_name", "parent"),
        _keys(
            *("Company Name", "Company", "Account Name", "Account", "Organization"),
            *("Organisation", "Organization Name", "Organisation Name"),
            *("Associated Company", "Business Name", "Employer", "Firm"),
            *("Organization 1 - Name", "Parent Company", "Parent Account"),
            *("نام شرکت", "شرکت", "سازمان", "نام سازمان", "مؤسسه", "اسم شرکت"),
            *("اسم الشركة", "الشركة", "المؤسسة", "المنظمة"),
        ),
    ),
    (
        ("parent",),
        _keys("Parent", "Parent Contact", "شرکت مادر", "سازمان مادر", "الشركة الأم"),
    ),
    (
        ("email",),
        _keys(
            *("Email", "Email Address", "Primary Email", "E-mail 1 - Value"),
            *("Email 1", "Work Email", "Business Email", "Mail", "Personal Email"),
            *("ایمیل", "آدرس ایمیل", "پست الکترونیک", "پست الکترونیکی", "رایانامه"),
            *("البريد الإلكتروني", "البريد", "بريد إلكتروني", "الإيميل", "ايميل"),
        ),
    ),
    (
        ("phone",),
        _keys(
            *("Phone", "Phone Number", "Telephone", "Telephone Number", "Tel"),
            *("Work Phone", "Business Phone", "Office Phone", "Phone 1 - Value"),
            *("Contact Number", "Company Phone", "Home Phone"),
            *("تلفن", "شماره تلفن", "تلفن ثابت", "شماره تماس", "تلفن تماس"),
            *("الهاتف", "رقم الهاتف", "هاتف", "تليفون"),
        ),
    ),
    (
        ("mobile", "phone"),
        _keys(
            *("Mobile", "Mobile Phone", "Mobile Number", "Mobile Phone Number"),
            *("Cell", "Cell Phone", "Cellphone", "Phone 2 - Value"),
            *("WhatsApp Number", "WhatsApp", "WhatsApp Phone Number"),
            *("موبایل", "تلفن همراه", "شماره موبایل", "شماره همراه", "همراه"),
            *("الجوال", "رقم الجوال", "جوال", "الهاتف المحمول", "موبايل", "المحمول"),
        ),
    ),
    (
        ("job_position", "title"),
        _keys(
            *("Job Position", "Job Title", "Position", "Title", "Occupation"),
            *("Organization 1 - Title", "Role"),
            *("سمت", "عنوان شغلی", "شغل", "پست سازمانی"),
            *("المسمى الوظيفي", "المنصب", "الوظيفة"),
        ),
    ),
    (
        ("street",),
        _keys(
            *("Street", "Street Address", "Address", "Address Line 1", "Address 1"),
            *("Primary Address Street", "Mailing Street", "Billing Street"),
            *("Work Address", "Home Address", "Address 1 - Street"),
            *("نشانی", "آدرس", "خیابان", "العنوان", "الشارع"),
        ),
    ),
    (
        ("street2",),
        _keys(
            *("Street 2", "Address Line 2", "Address 2", "Work Address 2"),
            *("Home Address 2", "نشانی ۲", "آدرس ۲", "ادامه نشانی", "العنوان 2"),
        ),
    ),
    (
        ("city",),
        _keys(
            *("City", "Town", "Primary Address City", "Mailing City"),
            *("Billing City", "Work City", "Home City", "Address 1 - City"),
            *("شهر", "المدينة", "مدينة"),
        ),
    ),
    (
        ("zip",),
        _keys(
            *("Zip", "Zip Code", "Postal Code", "Postcode", "Zip/Postal Code"),
            *("Primary Address Postalcode", "Mailing Zip/Postal Code"),
            *("Work ZipCode", "Home ZipCode", "Address 1 - Postal Code"),
            *("کد پستی", "کدپستی", "الرمز البريدي"),
        ),
    ),
    (
        ("state",),
        _keys(
            *("State", "State/Region", "State/Province", "Province", "Region"),
            *("Primary Address State", "Mailing State/Province", "Work State"),
            *("Home State", "Address 1 - Region"),
            *("استان", "المحافظة", "الولاية", "المنطقة"),
        ),
    ),
    (
        ("country",),
        _keys(
            *("Country", "Country/Region", "Primary Address Country"),
            *("Mailing Country", "Work Country", "Home Country"),
            *("Address 1 - Country", "کشور", "البلد", "الدولة", "دولة"),
        ),
    ),
    (
        ("website",),
        _keys(
            *("Website", "Website URL", "Web Site", "Web Page", "Web Page 1"),
            *("Homepage", "URL", "Website 1 - Value", "Company Domain Name"),
            *("Associated Company Domain", "Domain"),
            *("وب‌سایت", "وب سایت", "سایت", "تارنما"),
            *("الموقع الإلكتروني", "الموقع"),
        ),
    ),
    (
        ("description", "notes"),
        _keys(
            *("Description", "Notes", "Note", "Comments", "Comment", "Remarks"),
            *("Message", "Internal Notes"),
            *("توضیحات", "یادداشت", "یادداشت‌ها", "شرح", "پیام", "ملاحظات"),
            *("الوصف", "الملاحظات", "ملاحظة", "الرسالة"),
        ),
    ),
    (
        ("tags",),
        _keys(
            *("Tags", "Tag", "Labels", "Label", "Categories", "Category"),
            *("برچسب‌ها", "برچسب", "دسته‌بندی", "الوسوم", "وسوم", "التصنيفات"),
        ),
    ),
    (
        ("salesperson",),
        _keys(
            *("Salesperson", "Sales Rep", "Sales Representative", "Sales Agent"),
            *("Owner", "Lead Owner", "Opportunity Owner", "Deal Owner"),
            *("Contact Owner", "Account Owner", "Assigned To", "Assigned User"),
            *("Assigned User Name", "Responsible"),
            *("فروشنده", "کارشناس فروش", "مسئول فروش", "مسئول", "بازاریاب"),
            *("مندوب المبيعات", "البائع", "المسؤول"),
        ),
    ),
    (
        ("team",),
        _keys("Sales Team", "Team", "تیم فروش", "تیم", "فريق المبيعات", "الفريق"),
    ),
    (
        ("stage",),
        _keys(
            *("Stage", "Deal Stage", "Sales Stage", "Pipeline Stage"),
            *("Opportunity Stage", "Lead Status", "Status"),
            *("مرحله", "مرحله فروش", "وضعیت", "المرحلة", "مرحلة البيع", "الحالة"),
        ),
    ),
    (
        ("expected_revenue",),
        _keys(
            *("Expected Revenue", "Amount", "Deal Amount", "Opportunity Amount"),
            *("Revenue", "Deal Value", "Close Value", "Estimated Value", "Value"),
            *("Budget", "درآمد پیش‌بینی شده", "درآمد مورد انتظار", "مبلغ"),
            *("مبلغ فرصت", "ارزش", "بودجه"),
            *("الإيراد المتوقع", "الإيرادات المتوقعة", "المبلغ", "القيمة"),
        ),
    ),
    (
        ("probability",),
        _keys(
            "Probability", "Probability (%)", "Win Probability", "احتمال", "الاحتمال"
        ),
    ),
    (
        ("priority",),
        _keys("Priority", "Rating", "Stars", "اولویت", "الأولوية", "التقييم"),
    ),
    (
        ("expected_closing",),
        _keys(
            *("Expected Closing", "Expected Close Date", "Close Date"),
            *("Closing Date", "Estimated Close Date", "Deadline"),
            *("پیش‌بینی تاریخ قرارداد", "تاریخ بستن", "تاریخ قرارداد"),
            *("تاريخ الإغلاق المتوقع", "تاريخ الإغلاق"),
        ),
    ),
    (
        ("source",),
        _keys(
            *("Source", "Lead Source", "Original Source", "Traffic Source"),
            *("منبع", "منبع سرنخ", "نحوه آشنایی", "المصدر", "مصدر العميل"),
        ),
    ),
    (
        ("campaign",),
        _keys("Campaign", "Campaign Name", "کمپین", "پویش", "الحملة"),
    ),
    (("medium",), _keys("Medium", "Channel", "رسانه", "کانال", "الوسيط", "القناة")),
    (
        ("referred_by",),
        _keys("Referred By", "Referrer", "معرف", "معرفی‌کننده", "أحاله"),
    ),
    (
        ("created_at",),
        _keys(
            *("Created", "Created At", "Create Date", "Created Date"),
            *("Created Time", "Date Created", "Date Entered", "Creation Date"),
            *("تاریخ ایجاد", "تاریخ ثبت", "زمان ایجاد", "تاريخ الإنشاء"),
        ),
    ),
    (
        ("lost_reason",),
        _keys(
            *("Lost Reason", "Closed Lost Reason", "Loss Reason"),
            *("دلیل باخت", "علت باخت", "سبب الخسارة", "سبب الفقدان"),
        ),
    ),
    (
        ("kind",),
        _keys("Kind", "Type", "Record Type", "Lead Type", "نوع", "النوع"),
    ),
    (("language",), _keys("Language", "Preferred Language", "زبان", "اللغة")),
)

# A person's name in pieces goes to one field, joined in the order of the file.
WHOLE_NAME = ("contact_name", "name")
LAST_NAME = _keys(
    *("Last Name", "Family Name", "Surname", "نام خانوادگی", "فامیلی", "فامیل"),
    *("اسم العائلة", "الاسم الأخير", "اللقب"),
)
NAME_PARTS = LAST_NAME | _keys(
    *("First Name", "Given Name", "Forename", "نام", "نام کوچک"),
    *("الاسم الأول", "الاسم", "Middle Name", "Additional Name", "اسم الأب"),
)
