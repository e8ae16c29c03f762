"""The catalogue and the terms of the English demo company."""

from sarnakh.demo.trade import Goods, Hire, Offered, Trade

IT, FURNITURE, SERVICES, RENTED = "Hardware", "Office furniture", "Services", "Rentals"
STORABLE, SERVICE = "storable", "service"

GOODS = (
    Goods("LT-14", "14-inch business laptop", IT, STORABLE, 1_350, 1_090, ("laptop",),
          240, weight=2),
    Goods("MN-27", "27-inch monitor", IT, STORABLE, 310, 228, ("monitor",), 300,
          weight=6),
    Goods("SV-2U", "Rack server", IT, STORABLE, 7_200, 5_900, ("Server",), 12,
          weight=28),
    Goods("PS-10", "Point-of-sale terminal", IT, STORABLE, 3_600, 2_950,
          ("Point of sale",), 30, weight=9),
    Goods("VC-01", "Video bar with camera", IT, STORABLE, 2_100, 1_640, ("Video",), 40,
          weight=5),
    Goods("DK-EL", "Sit-stand desk", FURNITURE, STORABLE, 640, 415, ("desk",), 200,
          weight=46),
    Goods("CH-ER", "Task chair", FURNITURE, STORABLE, 390, 241, ("chair",), 400,
          weight=19, note="Mesh back, three-way armrests"),
    Goods("BT-01", "Phone booth", FURNITURE, STORABLE, 5_100, 3_700, ("booth",), 10,
          weight=310),
    Goods("TB-CF", "Meeting table", FURNITURE, STORABLE, 1_150, 760, ("table",), 40,
          weight=60),
    Goods("AC-10", "Acoustic panel", FURNITURE, STORABLE, 145, 88, ("coustic",), 500,
          weight=3),
    Goods("SR-PR", "Fit-out works", SERVICES, SERVICE, 4_500, 3_100, ("Fit-out",)),
    Goods("SR-SP", "Support, per month", SERVICES, SERVICE, 800, 470, ("support",)),
    Goods("SR-BK", "Cloud backup, per person and year", SERVICES, SERVICE, 140, 82,
          ("backup",)),
    Goods("SR-AD", "Consulting", SERVICES, SERVICE, 160, 90,
          ("planning", "review"), unit="Hour"),
    Goods("SR-FR", "Delivery and installation", SERVICES, SERVICE, 240, 170),
    Goods("SB-SP", "Support subscription, per seat", SERVICES, SERVICE, 18, 9,
          is_recurring=True),
    Goods("RN-WB", "Water bottle dispenser", RENTED, STORABLE, 260, 180, stock=20,
          weight=14, rent=(9, 45, 140)),
    Goods("RN-PJ", "Projector, 5000 lumen", RENTED, STORABLE, 1_900, 1_480, stock=4,
          weight=7, rent=(85, 390, 1_200)),
    Goods("RN-CH", "Folding chair", RENTED, STORABLE, 38, 24, stock=200, weight=4,
          rent=(3, 13, 38)),
)  # fmt: skip

TRADE = Trade(
    goods=GOODS,
    project="SR-PR",
    freight="SR-FR",
    wholesale="Trade prices",
    wholesale_percent=6,
    furniture=FURNITURE,
    furniture_percent=10,
    accounts={"BNK": "000123456789"},
    terms=(
        "<p>This quotation holds until its expiration date. We deliver within ten "
        "working days of your confirmation.</p>"
        "<p>Goods have a two-year warranty and remain ours until they are paid.</p>"
    ),
    template="Office for ten",
    template_lines=(
        Offered("section", "Furniture"),
        Offered("product", code="DK-EL", quantity=10),
        Offered("product", code="CH-ER", quantity=10),
        Offered("section", "Hardware"),
        Offered("product", code="MN-27", quantity=10),
        Offered("section", "Services"),
        Offered("product", code="SR-FR"),
        Offered("note", "Colours are chosen when the order is confirmed."),
        Offered("product", code="RN-WB", is_option=True),
    ),
    headings=("Goods", "Phase one"),
    notes=("Delivered within ten working days.", "Ground-floor installation included."),
    credit_reason="Returned: wrong colour",
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
)
