"""What a demo company sells and on which terms: words and figures, no Django."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Goods:
    """Something in the catalogue; prices are in whole main units.

    `words` of an opportunity's title point at it. `rent` is what a day, a week and a
    month cost; `unit` is the English name of a shipped unit.
    """

    code: str
    name: str
    category: str
    kind: str
    price: int
    cost: int
    words: tuple[str, ...] = ()
    stock: int = 0
    unit: str = "Unit"
    weight: int = 0
    rent: tuple[int, int, int] | None = None
    note: str = ""
    is_recurring: bool = False


@dataclass(frozen=True)
class Offered:
    """A line of the quotation template: a product by its code, or a text."""

    kind: str
    text: str = ""
    code: str = ""
    quantity: int = 1
    is_option: bool = False


@dataclass(frozen=True)
class Hire:
    """A rental: how many of what, from which day to which (from today), how far.

    `stage` is quotation, reserved, out, late or returned.
    """

    code: str
    quantity: int
    start: int
    days: int
    stage: str


@dataclass(frozen=True)
class Trade:
    """The catalogue, the price list, the terms, and words of documents.

    `project` is the code of the service that stands for work of any size, `freight`
    of the one that comes along. `accounts` are bank accounts by the journal's code.
    """

    goods: tuple[Goods, ...]
    project: str
    freight: str
    wholesale: str
    wholesale_percent: int
    furniture: str
    furniture_percent: int
    accounts: Mapping[str, str]
    terms: str
    template: str
    template_lines: tuple[Offered, ...]
    headings: tuple[str, ...]
    notes: tuple[str, ...]
    credit_reason: str
    hires: tuple[Hire, ...]
    # Code of what is subscribed to, and how many of it each subscriber has.
    subscription: str
    subscribers: tuple[int, ...]
    # Confirmed orders at most, quotations, orders without an opportunity this month.
    orders: int
    quotations: int
    fresh: int
    # Offices that identify customers: "iran", "saudi" or none.
    identifiers: str = ""
