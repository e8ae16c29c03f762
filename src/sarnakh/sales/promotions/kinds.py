"""What each type of program begins with (spec sales §10.1). Pure."""

from dataclasses import dataclass, field
from typing import Any

Values = dict[str, Any]


@dataclass(frozen=True)
class Template:
    """Trigger, validity, and the first rule and reward."""

    trigger: str
    applies: str
    rule: Values | None = field(default_factory=dict)
    reward: Values = field(default_factory=dict)


TEN = {"kind": "discount", "mode": "percent", "percent": 10, "scope": "order"}
TEMPLATES = {
    "coupons": Template("code", "current", None, TEN),
    "promotion": Template("auto", "current", {}, TEN),
    "code": Template("code", "current", {"code": True}, {**TEN, "scope": "specific"}),
    "buy-x-get-y": Template(
        "auto",
        "current",
        {"minimum_quantity": 2, "points": 1, "per": "unit"},
        {"kind": "product", "required_points": 2},
    ),
    "next-order": Template("auto", "future", {}, {**TEN, "percent": 15}),
    "loyalty": Template(
        "auto",
        "both",
        {"points": 1, "per": "money"},
        {**TEN, "percent": 5, "required_points": 200},
    ),
    "gift-card": Template(
        "auto",
        "future",
        {"points": 1, "per": "money", "splits": True},
        {"kind": "discount", "mode": "point", "amount": True},
    ),
    "wallet": Template(
        "auto",
        "future",
        {"points": 1, "per": "money"},
        {"kind": "discount", "mode": "point", "amount": True},
    ),
}
