"""The Persian demo: furniture and IT from Tehran."""

from sarnakh.demo.identities import identity
from sarnakh.demo.script import Script, Sizes
from sarnakh.demo.scripts import persian_deals as deals
from sarnakh.demo.scripts import persian_people as people
from sarnakh.demo.scripts import persian_words as words
from sarnakh.demo.scripts.persian_goods import TRADE

THURSDAY, FRIDAY = 3, 4

PERSIAN = Script(
    language="fa",
    company={
        "name": "مبلمان و فناوری آذین",
        "language": "fa",
        "calendar": "jalali",
        "digits": "fa",
        "timezone": "Asia/Tehran",
        "week_start": 5,
        "currency": "IRR",
        "country": "IR",
        "email": "info@azin.example",
        "phone": "+98 21 8800 0120",
        "address": "خیابان شهید بهشتی، خیابان پاکستان، پلاک ۱۸",
        "city": "تهران",
        "state": "تهران",
        "zip": "1531714518",
        "website": "https://azin.example",
        **identity("iran", 1_385_0421),
    },
    digits="fa",
    domain="azin.example",
    minor=1,
    weekend=frozenset({THURSDAY, FRIDAY}),
    smallest=150_000_000,
    largest=40_000_000_000,
    sizes=Sizes(
        companies=120,
        people=200,
        open_main=(15, 13, 12, 13, 11),
        open_others=(44, 36, 26, 26, 20),
        won=102,
        lost=82,
        unassigned=6,
    ),
    main="negar",
    shown_logins=("negar", "sahar", "modir"),
    workers=people.WORKERS,
    teams=people.TEAMS,
    tags=deals.TAGS,
    urgent=deals.URGENT,
    cities=people.CITIES,
    mobiles=people.MOBILES,
    companies=people.COMPANIES,
    given_names=people.GIVEN_NAMES,
    surnames=people.SURNAMES,
    jobs=people.JOBS,
    honours=people.HONOURS,
    address="{street}، پلاک {number}",
    offers=deals.OFFERS,
    places=deals.PLACES,
    buildings=deals.BUILDINGS,
    requirements=deals.REQUIREMENTS,
    descriptions=deals.DESCRIPTIONS,
    early_notes=words.EARLY_NOTES,
    middle_notes=words.MIDDLE_NOTES,
    late_notes=words.LATE_NOTES,
    won_notes=words.WON_NOTES,
    lost_notes=words.LOST_NOTES,
    messages=words.MESSAGES,
    questions=words.QUESTIONS,
    works=deals.WORKS,
    trade=TRADE,
)
