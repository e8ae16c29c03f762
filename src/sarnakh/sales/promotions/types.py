"""What programs, their rules and rewards, and coupons are."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.records import actions as plain
from sarnakh.records.types import Filter, RecordType, Search, Writers, describe
from sarnakh.sales import access
from sarnakh.sales.models import Coupon, Program, ProgramRule, Reward
from sarnakh.sales.promotions import coupons, programs

TRACKED = {"is_tracked": True}

PROGRAMS = RecordType(
    name="promotion-programs",
    model=Program,
    label=_("Promotion program"),
    label_plural=_("Promotion programs"),
    access=access.PROGRAMS,
    fields=describe(
        Program,
        "name",
        "type",
        "trigger",
        "applies",
        "company",
        "currency",
        "pricelists",
        "starts_on",
        "ends_on",
        "usage_limit",
        "coupon_days",
        "sequence",
        "active",
        "created_at",
        targets={"company": "companies", "pricelists": "pricelists"},
        type=TRACKED,
        pricelists={"help": _("Only for orders with one of them; empty for all.")},
        starts_on=TRACKED,
        ends_on=TRACKED,
        usage_limit={**TRACKED, "help": _("0 for any number.")},
        coupon_days={"help": _("Of coupons that orders bring; 0 for ever.")},
        active=TRACKED,
    ),
    writers=Writers(
        create=programs.create, change=programs.change, delete=plain.delete
    ),
    order=("sequence", "pk"),
    active="active",
    company="company",
    currency="currency",
    search=(
        Search(
            name="text",
            label=pgettext_lazy("promotions", "Program"),
            fields=("name",),
        ),
    ),
    filters=(
        Filter(
            name="coupons",
            label=_("Coupons and cards"),
            condition=[
                ["type", "in", ["coupons", "next-order", "loyalty", "gift-card",
                                "wallet"]]
            ],
        ),
        Filter(
            name="archived", label=_("Archived"), condition=[["active", "=", False]],
            block=1,
        ),
    ),
    commands={"generate-coupons": coupons.generate},
    has_discussion=True,
    is_importable=True,
)  # fmt: skip

RULES = RecordType(
    name="promotion-rules",
    model=ProgramRule,
    label=_("Promotion rule"),
    label_plural=_("Promotion rules"),
    access=access.PROGRAM_PARTS,
    title="program",
    fields=describe(
        ProgramRule,
        "program",
        "products",
        "categories",
        "minimum_quantity",
        "minimum_amount",
        "includes_tax",
        "points",
        "per",
        "code",
        "splits",
        targets={
            "program": "promotion-programs",
            "products": "products",
            "categories": "product-categories",
        },
        program={"required": True},
    ),
    writers=Writers(
        create=programs.create_rules,
        change=programs.change_rule,
        delete=plain.delete,
    ),
    order=("pk",),
    currency="program.currency",
    search=(
        Search(name="text", label=_("Code"), fields=("code",)),
        Search(
            name="program",
            label=pgettext_lazy("promotions", "Program"),
            fields=("program",),
        ),
    ),
    is_importable=True,
)

REWARDS = RecordType(
    name="promotion-rewards",
    model=Reward,
    label=pgettext_lazy("promotions", "Reward"),
    label_plural=pgettext_lazy("promotions", "Rewards"),
    access=access.PROGRAM_PARTS,
    title="description",
    fields=describe(
        Reward,
        "program",
        "sequence",
        "kind",
        "description",
        "mode",
        "scope",
        "percent",
        "amount",
        "max_amount",
        "products",
        "categories",
        "quantity",
        "required_points",
        "clears_points",
        targets={
            "program": "promotion-programs",
            "products": "products",
            "categories": "product-categories",
        },
        program={"required": True},
        percent={"widget": "percent"},
        max_amount={"help": _("Tax included; 0 for no limit.")},
    ),
    writers=Writers(
        create=programs.create_rewards,
        change=programs.change_reward,
        delete=plain.delete,
    ),
    order=("sequence", "pk"),
    currency="program.currency",
    search=(
        Search(name="text", label=_("Text on the order"), fields=("description",)),
        Search(
            name="program",
            label=pgettext_lazy("promotions", "Program"),
            fields=("program",),
        ),
    ),
    is_importable=True,
)

COUPONS = RecordType(
    name="coupons",
    model=Coupon,
    label=_("Coupon"),
    label_plural=_("Coupons"),
    access=access.COUPONS,
    title="code",
    fields=describe(
        Coupon,
        "code",
        "program",
        "points",
        "expires_on",
        "customer",
        "order",
        "created_at",
        "created_by",
        targets={
            "program": "promotion-programs",
            "customer": "contacts",
            "order": "orders",
            "created_by": "users",
        },
        # Made where none is given.
        code={"required": False},
        program={"required": True},
        points=TRACKED,
        expires_on=TRACKED,
        customer=TRACKED,
    ),
    writers=Writers(create=coupons.create, change=coupons.change, delete=plain.delete),
    order=("-pk",),
    search=(
        Search(name="text", label=_("Code"), fields=("code",)),
        Search(
            name="program",
            label=pgettext_lazy("promotions", "Program"),
            fields=("program",),
        ),
        Search(name="customer", label=_("Customer"), fields=("customer",)),
    ),
    filters=(
        Filter(name="open", label=_("With points"), condition=[["points", ">", 0]]),
        Filter(
            name="expired",
            label=pgettext_lazy("filter", "Expired"),
            condition=[["expires_on", "<", "@today"]],
        ),
    ),
    is_importable=True,
    has_discussion=True,
)

TYPES = (PROGRAMS, RULES, REWARDS, COUPONS)
