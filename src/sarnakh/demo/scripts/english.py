"""The English demo: the same trade in miniature, in dollars. All of it is made up."""

from sarnakh.demo.script import (
    City,
    Offer,
    Script,
    Sizes,
    TeamPlan,
    Work,
    Worker,
    given_names,
    pairs_of,
    rows_of,
)
from sarnakh.demo.scripts.english_goods import TRADE

SATURDAY, SUNDAY = 5, 6
PRODUCT, SERVICE, CONSULTING = "Product", "Service", "Consulting"
HARDWARE, DESIGN, FURNITURE = "IT hardware", "Design", "Furniture"

CITIES = (
    City("Portland", "Oregon", "+1 503 555 01##", ("NW Everett St", "SE Ash St"), 3),
    City("Seattle", "Washington", "+1 206 555 01##", ("Pike Pl", "Eastlake Ave E"), 3),
    City("Boise", "Idaho", "+1 208 555 01##", ("W Idaho St", "N Orchard St")),
    City("Denver", "Colorado", "+1 303 555 01##", ("Blake St", "S Broadway"), 2),
    City("Austin", "Texas", "+1 512 555 01##", ("Congress Ave", "E 6th St"), 2),
)
COMPANIES = rows_of("""
Bramblewick Architects | bramblewick
Tidewater Robotics | tidewater-robotics
Fernhollow Clinic | fernhollow
Copperleaf Bakery Group | copperleaf
Northlight Film School | northlight
Quillstone Legal | quillstone
Marrowby Foods | marrowby
Saltgrass Outfitters | saltgrass
Harbor & Thistle Hotels | harborthistle
Juniper Loop Software | juniperloop
Ashgrove Credit Union | ashgrove
Pinebrook Veterinary | pinebrook
Owlcote Publishing | owlcote
Redfern Logistics | redfern-logistics
Glasswing Biotech | glasswing
Millrace Brewing | millrace
Cinderford Tools | cinderford
Lanternfish Games | lanternfish
Wrenfield Academy | wrenfield
Skylark Freight | skylark-freight
Mossy Creek Dairy | mossycreek
Brightwater Dental | brightwater
Hollowell Engineering | hollowell
Foxglove Insurance | foxglove
Stonebridge Movers | stonebridge
Larkspur Events | larkspur
Emberline Solar | emberline
Driftwood Interiors | driftwood
Kettle & Vine Catering | kettlevine
Umber Analytics | umber
""")
OFFERS = (
    Offer("{n} laptops for {place}", (PRODUCT, HARDWARE), 1_350, 6, 40),
    Offer("{n} monitors for {place}", (PRODUCT, HARDWARE), 310, 10, 60),
    Offer("Server refresh, {building}", (PRODUCT, HARDWARE), 14_500, 1, 3),
    Offer("Wi-Fi and cabling, {building}", (SERVICE, HARDWARE), 7_800, 1, 4),
    Offer("Annual support, {building}", (SERVICE,), 9_600, 1, 3),
    Offer("Security review", (CONSULTING, HARDWARE), 6_400, 1, 2),
    Offer("Cloud backup for {n} people", (SERVICE,), 140, 30, 200),
    Offer("Video conferencing for {n} rooms", (PRODUCT, HARDWARE), 4_200, 2, 9),
    Offer("{n} sit-stand desks", (PRODUCT, FURNITURE), 640, 8, 70),
    Offer("{n} task chairs for {place}", (PRODUCT, FURNITURE), 390, 10, 110),
    Offer("Reception furniture, {building}", (FURNITURE, DESIGN), 8_900, 1, 2),
    Offer("Fit-out of the {city} office", (FURNITURE, SERVICE), 58_000, 1, 3),
    Offer("Space planning, {place}", (CONSULTING, DESIGN), 4_700, 1, 3),
    Offer("Acoustic panels, {building}", (PRODUCT, DESIGN), 5_300, 1, 4),
    Offer("{n} phone booths", (PRODUCT, FURNITURE), 5_100, 1, 6),
    Offer("Meeting tables for {n} rooms", (PRODUCT, FURNITURE), 2_300, 2, 10),
    Offer("Point of sale for {n} shops", (PRODUCT, HARDWARE), 3_600, 2, 12),
)


ENGLISH = Script(
    language="en",
    company={
        "name": "Alder & Byte Interiors",
        "language": "en",
        "calendar": "gregorian",
        "digits": "latin",
        "timezone": "America/Los_Angeles",
        "week_start": 0,
        "currency": "USD",
        "country": "US",
        "email": "hello@alderbyte.example",
        "phone": "+1 503 555 0100",
        "address": "120 NW Everett St",
        "city": "Portland",
        "state": "Oregon",
        "zip": "97209",
        "website": "https://alderbyte.example",
        "tax_number": "99-0000120",
    },
    digits="latin",
    domain="alderbyte.example",
    minor=100,
    weekend=frozenset({SATURDAY, SUNDAY}),
    smallest=2_000,
    largest=200_000,
    sizes=Sizes(
        companies=30,
        people=45,
        open_main=(4, 4, 3, 4, 3),
        open_others=(2, 2, 2, 2, 1),
        won=8,
        lost=5,
    ),
    main="nora",
    shown_logins=("nora",),
    workers=(
        Worker("nora", "Nora Whitfield", "administrator", "+1 503 555 0111"),
        Worker("miles", "Miles Okafor", "sales-all", "+1 503 555 0112"),
        Worker("priya", "Priya Raman", "sales-own", "+1 206 555 0113"),
        Worker("tom", "Tom Castellano", "sales-own", "+1 303 555 0114"),
    ),
    teams=(
        TeamPlan(
            "West Coast",
            "nora",
            ("nora", "miles"),
            ("Portland", "Seattle"),
            250_000,
            "west",
        ),
        TeamPlan(
            "Mountain and South",
            "miles",
            ("priya", "tom"),
            ("Boise", "Denver", "Austin"),
            180_000,
            "south",
        ),
    ),
    tags={
        PRODUCT: 4,
        SERVICE: 10,
        CONSULTING: 2,
        HARDWARE: 5,
        DESIGN: 8,
        FURNITURE: 3,
        "Urgent": 1,
    },
    urgent="Urgent",
    cities=CITIES,
    mobiles=("+1 503 555 01##", "+1 206 555 01##", "+1 512 555 01##"),
    companies=COMPANIES,
    given_names=(
        *given_names(
            "ms", "Alice Beatrice Carmen Dana Elena Grace Hannah Imani Joyce Mei"
        ),
        *given_names(
            "mr", "Adrian Ben Calvin Diego Evan Felix George Hugo Ivan Marcus"
        ),
    ),
    surnames=pairs_of(
        "Abbott Barlow Castro Delgado Ellison Farrow Grady Hoang Irving Jansen"
        " Keller Lindqvist Moreau Novak Osborne Pruitt Quinlan Rourke Sandoval"
        " Tanaka Underhill Vance Weller Yates"
    ),
    jobs=(
        "Office manager",
        "Head of purchasing",
        "IT director",
        "Operations lead",
        "Founder",
        "Facilities manager",
        "Controller",
    ),
    honours={"mr": "Mr", "ms": "Ms", "dr": "Dr", "engineer": "Mr"},
    address="{number} {street}",
    offers=OFFERS,
    places=(
        "head office",
        "the sales floor",
        "second floor",
        "new building",
        "warehouse office",
        "training centre",
        "finance team",
        "reception",
    ),
    buildings=("head office", "second floor", "new building", "training centre"),
    requirements={
        "Qualified": "Budget, date and decision maker are known.",
        "Proposition": "The quotation has been sent.",
    },
    descriptions=(
        "Installation has to happen over a weekend.",
        "They want one contact person for furniture and IT.",
        "Old equipment is to be collected on the same day.",
        "Payment in three parts: order, delivery, acceptance.",
    ),
    early_notes=(
        "{person} called about lead times. Promised an answer tomorrow.",
        "Met at the trade fair; they asked for the full catalogue.",
        "Request from the website. They are also talking to two others.",
        "{person} decides, finance has to agree.",
        "They move in {n} weeks, so time matters more than price.",
    ),
    middle_notes=(
        "Site visit done: the floor is not level, we need adjustable feet.",
        "{person} keeps the sample chair for a week.",
        "Asked the supplier: {n} units in stock, the rest in three weeks.",
        "They want installation listed separately.",
        "First layout was too crowded; a calmer version is on its way.",
    ),
    late_notes=(
        "Quotation is with the managing director. Answer by Friday.",
        "Haggling over five percent.",
        "Legal has one open point: the penalty for late delivery.",
        "{person} says it is us, they only wait for the budget.",
    ),
    won_notes=(
        "Signed. The crew starts on Monday.",
        "Purchase order arrived, signed by {person}.",
        "Faster delivery beat the cheaper offer.",
    ),
    lost_notes=(
        "About {n} percent above the other offer.",
        "Project on hold until next year. Call again in six months.",
        "They stay with their old supplier.",
    ),
    messages=(
        "Hello {person}, the revised quotation is attached. Happy to answer questions.",
        "Thank you for your time today. The minutes follow tomorrow.",
        "The colour samples arrive this afternoon.",
    ),
    questions=(
        "@{main} they ask for a bigger discount. How far may I go?",
        "@{main} please look over this quotation before I send it.",
        "@{main} I think we can close this by the end of the month.",
    ),
    works=(
        Work("call", "Ask about the budget", "Budget is approved."),
        Work("call", "Follow up on the quotation", "Read, waiting for finance."),
        Work("call", "Arrange a site visit", "Next Tuesday, ten o'clock."),
        Work("meeting", "Present the layout", "Two small changes wanted."),
        Work("meeting", "Site visit", "Measured, photos are in the folder."),
        Work("email", "Send catalogue and prices", "Sent."),
        Work("email", "Send the revised quotation", "Sent with the new discount."),
        Work("todo", "Prepare the estimate", "Three options are ready."),
        Work("todo", "Check stock", "All but two models are in stock."),
    ),
    trade=TRADE,
)
