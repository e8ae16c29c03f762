"""The catalogue and the terms of the Arabic demo company."""

from sarnakh.demo.trade import Goods, Hire, Offered, Trade

IT, FURNITURE, SERVICES, RENTED = "أجهزة", "أثاث مكتبي", "خدمات", "التأجير"
STORABLE, SERVICE = "storable", "service"

GOODS = (
    Goods("LT-14", "حاسوب محمول ١٤ بوصة", IT, STORABLE, 4_800, 3_950,
          ("حاسوبًا محمولًا",), 240, weight=2),
    Goods("MN-27", "شاشة ٢٧ بوصة", IT, STORABLE, 1_150, 860, ("شاشة",), 300, weight=6),
    Goods("SV-2U", "خادم", IT, STORABLE, 26_000, 21_500, ("خوادم",), 12, weight=28),
    Goods("VC-01", "نظام اجتماعات مرئية", IT, STORABLE, 15_500, 12_200, ("مرئية",), 20,
          weight=12),
    Goods("CM-04", "كاميرا مراقبة", IT, STORABLE, 710, 520, ("كاميرات",), 300,
          weight=1),
    Goods("DK-EL", "مكتب قابل للتعديل", FURNITURE, STORABLE, 2_300, 1_520,
          ("مكتبًا",), 200, weight=46),
    Goods("CH-ER", "كرسي طبي", FURNITURE, STORABLE, 1_400, 880, ("كرسيًا",), 400,
          weight=19, note="ظهر شبكي ومساند قابلة للتعديل"),
    Goods("SO-02", "أريكة استقبال", FURNITURE, STORABLE, 3_400, 2_250, ("أثاث",), 60,
          weight=42),
    Goods("SR-PR", "أعمال التجهيز", SERVICES, SERVICE, 16_000, 11_400,
          ("تجهيز", "عزل", "شبكة")),
    Goods("SR-SP", "صيانة شهرية", SERVICES, SERVICE, 3_000, 1_800, ("صيانة",)),
    Goods("SR-BK", "نسخ احتياطي للموظف في السنة", SERVICES, SERVICE, 520, 310,
          ("احتياطي",)),
    Goods("SR-AD", "استشارة", SERVICES, SERVICE, 450, 260, ("تدقيق", "تخطيط"),
          unit="Hour"),
    Goods("SR-FR", "توصيل وتركيب", SERVICES, SERVICE, 650, 480),
    Goods("SB-SP", "اشتراك الدعم لكل جهاز", SERVICES, SERVICE, 60, 32,
          is_recurring=True),
    Goods("RN-WB", "برّاد ماء مع قارورة", RENTED, STORABLE, 900, 640, stock=20,
          weight=14, rent=(30, 150, 480)),
    Goods("RN-PJ", "جهاز عرض ٥٠٠٠ لومن", RENTED, STORABLE, 6_800, 5_400, stock=4,
          weight=7, rent=(300, 1_400, 4_300)),
    Goods("RN-CH", "كرسي قابل للطي", RENTED, STORABLE, 140, 90, stock=200, weight=4,
          rent=(8, 38, 110)),
)  # fmt: skip

TRADE = Trade(
    goods=GOODS,
    project="SR-PR",
    freight="SR-FR",
    wholesale="أسعار الجملة",
    wholesale_percent=6,
    furniture=FURNITURE,
    furniture_percent=10,
    accounts={"BNK": "SA{check}80000000608010167519"},
    terms=(
        "<p>يسري هذا العرض حتى تاريخ انتهائه، ويتم التسليم خلال عشرة أيام عمل من "
        "تأكيد الطلب.</p><p>الضمان سنتان، وتبقى البضاعة ملكًا للبائع حتى تمام السداد.</p>"
    ),
    template="مكتب لعشرة موظفين",
    template_lines=(
        Offered("section", "الأثاث"),
        Offered("product", code="DK-EL", quantity=10),
        Offered("product", code="CH-ER", quantity=10),
        Offered("section", "الأجهزة"),
        Offered("product", code="MN-27", quantity=10),
        Offered("product", code="SR-FR"),
        Offered("note", "تُختار الألوان عند تأكيد الطلب."),
        Offered("product", code="RN-WB", is_option=True),
    ),
    headings=("الأصناف", "المرحلة الأولى"),
    notes=("التسليم خلال عشرة أيام عمل.", "السعر يشمل التركيب في الدور الأرضي."),
    credit_reason="إرجاع بسبب اختلاف اللون",
    hires=(
        Hire("RN-CH", 80, -12, 2, "returned"),
        Hire("RN-WB", 3, -10, 30, "out"),
        Hire("RN-PJ", 1, -5, 3, "late"),
        Hire("RN-CH", 60, 4, 2, "reserved"),
    ),
    subscription="SB-SP",
    subscribers=(25, 60),
    orders=7,
    quotations=6,
    fresh=4,
    identifiers="saudi",
)
