"""Papers for tests, in three languages."""

from sarnakh.printing.papers import Block, Column, Fact, Paper, Party, Row, Signature
from sarnakh.printing.prose import blocks

TEXTS = {
    "fa": {
        "title": "پیش‌فاکتور",
        "company": "گروه صنعتی آذر چوب",
        "address": "تهران، خیابان ولیعصر، کوچهٔ یاس، پلاک ۱۲",
        "phone": "تلفن: \u2066۰۲۱-۸۸۷۷۶۶۵۵\u2069",
        "customer": "شرکت دیبا رایانه (سهامی خاص)",
        "role": "مشتری",
        "heads": ("شرح", "مقدار", "واحد", "قیمت واحد", "تخفیف", "مالیات", "جمع جزء"),
        "product": "میز اداری مدل Aria 160 با رویهٔ بلوط\nهمراه با فایل سه‌کشو",
        "section": "مبلمان اداری",
        "subtotal": "جمع بخش",
        "note": "تحویل در محل خریدار انجام می‌شود.",
        "numbers": ("۳", "عدد", "۱۲٬۵۰۰٬۰۰۰", "۵٪", "۱۰٪", "۳۵٬۶۲۵٬۰۰۰"),
        "totals": ("مبلغ قبل از احتساب مالیات", "ارزش افزوده ۱۰٪", "جمع کل"),
        "amounts": ("۳۵٬۶۲۵٬۰۰۰ ریال", "۳٬۵۶۲٬۵۰۰ ریال", "۳۹٬۱۸۷٬۵۰۰ ریال"),
        "facts": (("تاریخ", "۱۴۰۵/۰۸/۳۰"), ("اعتبار تا", "۱۴۰۵/۰۹/۳۰")),
        "terms": "<p>پرداخت <b>نقدی</b>:</p><ul><li>۳۰٪ پیش‌پرداخت</li><li>باقی هنگام تحویل</li></ul>",
    },
    "ar": {
        "title": "عرض سعر",
        "company": "شركة الأخشاب المتحدة",
        "address": "الرياض، شارع الملك فهد، مبنى ١٢",
        "phone": "هاتف: \u2066+966-11-4567890\u2069",
        "customer": "مؤسسة النور التجارية",
        "role": "العميل",
        "heads": ("الوصف", "الكمية", "الوحدة", "سعر الوحدة", "الخصم", "الضريبة", "المجموع"),
        "product": "مكتب خشبي Aria 160\nمع ثلاثة أدراج",
        "section": "أثاث مكتبي",
        "subtotal": "مجموع القسم",
        "note": "التسليم في موقع المشتري.",
        "numbers": ("٣", "قطعة", "١٬٢٥٠٫٠٠", "٥٪", "١٥٪", "٣٬٥٦٢٫٥٠"),
        "totals": ("المبلغ قبل الضريبة", "ضريبة ١٥٪", "الإجمالي"),
        "amounts": ("٣٬٥٦٢٫٥٠ ر.س", "٥٣٤٫٣٨ ر.س", "٤٬٠٩٦٫٨٨ ر.س"),
        "facts": (("التاريخ", "٢٠٢٦/١١/٢١"), ("صالح حتى", "٢٠٢٦/١٢/٢١")),
        "terms": "<p>الدفع نقدا.</p>",
    },
    "en": {
        "title": "Quotation",
        "company": "Azar Wood Industries",
        "address": "12 Yas Alley, Valiasr St, Tehran",
        "phone": "Phone: +98 21 8877 6655",
        "customer": "Diba Computer Co. (Private)",
        "role": "Customer",
        "heads": ("Description", "Quantity", "Unit", "Unit price", "Disc.", "Taxes", "Subtotal"),
        "product": "Office desk Aria 160, oak top\nwith three drawers",
        "section": "Office furniture",
        "subtotal": "Subtotal of the section",
        "note": "Delivered to the buyer's premises.",
        "numbers": ("3", "Units", "1,250.00", "5%", "10%", "3,562.50"),
        "totals": ("Untaxed amount", "VAT 10%", "Total"),
        "amounts": ("$3,562.50", "$356.25", "$3,918.75"),
        "facts": (("Date", "2026/11/21"), ("Valid until", "2026/12/21")),
        "terms": "<p>Payment in <b>cash</b>:</p><ol><li>30% now</li><li>rest on delivery</li></ol>",
    },
}  # fmt: skip
DIGITS = {"fa": "fa", "ar": "ar", "en": "latin"}


def sample(language: str, lines: int = 4, **changes: object) -> Paper:
    """A quotation with a section, a note and so many lines."""
    told = TEXTS[language]
    heads = told["heads"]
    columns = [
        Column(heads[0], weight=1),
        *(Column(head, is_number=at != 1) for at, head in enumerate(heads[1:])),
    ]
    rows = [
        Row("section", text=told["section"]),
        *(Row(cells=(told["product"], *told["numbers"])) for _number in range(lines)),
        Row("subtotal", text=told["subtotal"], value=told["numbers"][-1]),
        Row("note", text=told["note"]),
    ]
    values = {
        "title": told["title"],
        "number": "S00079",
        "company": Party(told["company"], (told["address"], told["phone"])),
        "customer": Party(told["customer"], (told["address"],), told["role"]),
        "facts": [Fact(label, value) for label, value in told["facts"]],
        "columns": columns,
        "rows": rows,
        "totals": [
            Fact(label, value, strong=at == 2)
            for at, (label, value) in enumerate(
                zip(told["totals"], told["amounts"], strict=True)
            )
        ],
        "blocks": [Block("", blocks(told["terms"]))],
        "signature": Signature("", told["customer"], told["facts"][0][1]),
        "footer": f"{told['company']} · {told['phone']}",
        "digits": DIGITS[language],
    }
    return Paper(**{**values, **changes})  # type: ignore[arg-type]
