"""How programs and coupons look."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.bulk import EXPORT
from sarnakh.lib.numbers import NumberError, parse_number
from sarnakh.records import actions as plain
from sarnakh.records import rows
from sarnakh.records.errors import InvalidValues
from sarnakh.sales.models import Program, Reward
from sarnakh.sales.promotions.types import COUPONS, PROGRAMS, REWARDS, RULES
from sarnakh.screens import typed
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import (
    Add,
    Bulk,
    Button,
    Lines,
    Screen,
    Section,
    SmartButton,
)
from sarnakh.screens.state import SearchState, Typed

DELETE = Bulk(
    name="delete",
    label=_("Delete"),
    icon="trash",
    run=plain.delete_many,
    verb="delete",
)


def count_of(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """How many coupons, with how many points, until when."""
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name in ("count", "points"):
        text = given.get(name, "").strip() or "1"
        try:
            found[name] = parse_number(text)
        except NumberError:
            wrong[name] = _now("“%(text)s” is not a number.") % {"text": text[:40]}
    if "count" in found:
        found["count"] = int(found["count"])
    try:
        field = COUPONS.fields["expires_on"]
        day = typed.read(field, "expires_on", given, actor, "")
        found["expires_on"] = None if day is typed.MISSING else day
    except ValueError as error:
        wrong["expires_on"] = str(error)
    if wrong:
        raise InvalidValues(wrong)
    return found


def _coupons_url(program: Program) -> str:
    state = SearchState(view="list", typed=(Typed("program", pk=program.pk),))
    return f"{reverse('coupons:browse')}?{state.query()}"


def hides(program: Program | None, actor: Actor) -> set[str]:
    """The type says what a new program begins with."""
    return {"trigger", "applies"} if program is None else set()


def reward_cells(reward: Reward, actor: Actor) -> set[str]:
    """What a reward of this kind does not have; a new one may still become any."""
    if reward.pk is None:
        return set()
    found: set[str] = set()
    if reward.kind != Reward.Kind.DISCOUNT:
        found |= {"mode", "scope", "percent", "amount"}
    elif reward.mode == Reward.Mode.PERCENT:
        found.add("amount")
    else:
        found.add("percent")
    if reward.kind == Reward.Kind.PRODUCT:
        found |= {"max_amount", "categories"}
    else:
        found.add("quantity")
    is_for_products = reward.kind == Reward.Kind.PRODUCT or (
        reward.kind == Reward.Kind.DISCOUNT and reward.scope == Reward.Scope.SPECIFIC
    )
    if not is_for_products:
        found |= {"products", "categories"}
    return found


PROGRAM_LIST = Screen(
    slug="promotion-programs",
    type=PROGRAMS,
    title=_("Promotions"),
    pages=(
        List(
            columns=("name", "type", "starts_on", "ends_on", "company", "active"),
            optional=("trigger", "applies", "currency", "usage_limit", "created_at"),
        ),
    ),
    groups=("type", "trigger", "company"),
    header=("name",),
    sections=(
        Section(
            pgettext_lazy("promotions", "Program"),
            ("type", "trigger", "applies", "starts_on", "ends_on", "usage_limit",
             "coupon_days"),
        ),
        Section(
            _("Used for"),
            ("company", "currency", "pricelists", "sequence", "active"),
        ),
    ),
    hides=hides,
    lines=(
        Lines(
            name="rules",
            label=_("Conditions"),
            type=RULES,
            parent="program",
            columns=("products", "categories", "minimum_quantity", "minimum_amount",
                     "includes_tax", "points", "per", "code", "splits"),
            adds=(Add("rule", _("Add a condition")),),
            empty=_("Without a condition it is for every order."),
        ),
        Lines(
            name="rewards",
            label=pgettext_lazy("promotions", "Rewards"),
            type=REWARDS,
            parent="program",
            columns=("kind", "mode", "scope", "percent", "amount", "max_amount",
                     "products", "categories", "quantity", "required_points",
                     "clears_points", "description"),
            adds=(Add("reward", _("Add a reward")),),
            read_only=reward_cells,
            empty=_("What points buy."),
        ),
    ),
    smart_buttons=(
        SmartButton(
            name="coupons",
            label=_("Coupons"),
            icon="tag",
            count=lambda program, actor: (
                rows.visible(COUPONS, actor).filter(program=program).count()
                if rows.may(COUPONS, actor, "read")
                else 0
            ),
            url=_coupons_url,
            hides_zero=True,
        ),
    ),
    buttons=(
        Button(
            command="generate-coupons",
            label=_("Generate coupons"),
            icon="plus",
            rank=20,
            is_primary=lambda program: program.type == Program.Type.COUPONS,
            visible=lambda program: not program.is_nominative and program.active,
            asks="sales/promotions/generate.html",
            reads=count_of,
            done=lambda program, actor: _now("The coupons are made."),
        ),
    ),
    presets=lambda actor: {
        "currency": actor.company.currency,
        "company": actor.company.pk,
    },
    bulk=(EXPORT, DELETE),
    panels=("discussion",),
    empty=_("Discounts, free products, coupons, loyalty and gift cards."),
)  # fmt: skip

COUPON_LIST = Screen(
    slug="coupons",
    type=COUPONS,
    title=_("Coupons"),
    pages=(
        List(
            columns=("code", "program", "points", "expires_on", "customer", "order"),
            optional=("created_at", "created_by"),
        ),
    ),
    groups=("program", "customer", "expires_on"),
    header=("code",),
    sections=(
        Section(_("Coupon"), ("program", "points", "expires_on")),
        Section(_("Used for"), ("customer", "order")),
    ),
    fixes=lambda coupon, actor: (
        {"code", "program", "points"} if coupon is not None else set()
    ),
    panels=("discussion",),
    bulk=(EXPORT, DELETE),
    empty=_("Codes and cards that hold points."),
)

SCREENS = (PROGRAM_LIST, COUPON_LIST)
