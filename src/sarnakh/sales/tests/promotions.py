"""Programs for tests."""

from decimal import Decimal
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.sales.models import Coupon, Order, OrderLine, Program, ProgramRule, Reward
from sarnakh.sales.promotions import coupons, programs
from sarnakh.sales.tests.factories import line, make_order, make_product, make_tax


def make_program(by: Actor, kind: str = "promotion", **values: Any) -> Program:
    """A program with the rule and reward of its type; `rule` and `reward` change
    them."""
    rule, reward = values.pop("rule", {}), values.pop("reward", {})
    given = {"name": f"Offer {kind}", "type": kind, "company": by.company.pk, **values}
    [program] = programs.create([given], by=by)
    if rule:
        [found] = ProgramRule.objects.filter(program=program) or programs.create_rules(
            [{"program": program.pk}], by=by
        )
        programs.change_rule(found, rule, by=by)
    if reward:
        programs.change_reward(Reward.objects.get(program=program), reward, by=by)
    return program


def make_coupon(program: Program, by: Actor, **values: Any) -> Coupon:
    """A coupon with one point."""
    return coupons.create([{"program": program.pk, **values}], by=by)[0]


def order_of_7_600_000(by: Actor, **values: Any) -> Order:
    """3 × 2,000,000 with 10 % and 1 × 1,000,000 exempt."""
    vat = make_tax(by.company, 10)
    return make_order(
        by,
        line(make_product(by, 2_000_000, taxes=[vat]), 3),
        line(make_product(by, 1_000_000)),
        **values,
    )


def rewards_on(order: Order) -> list[OrderLine]:
    """Lines that rewards gave."""
    return list(order.lines.filter(is_reward=True).order_by("sequence", "pk"))


def total(order: Order) -> int:
    """As stored."""
    return Order.objects.get(pk=order.pk).total


def points(coupon: Coupon) -> Decimal:
    """As stored."""
    return Coupon.objects.get(pk=coupon.pk).points


def samples(by: Actor) -> dict[str, Any]:
    """One record of every type of promotions."""
    program = make_program(by, company=by.company.pk)
    return {
        "promotion-programs": program,
        "promotion-rules": program.rules.get(),
        "promotion-rewards": program.rewards.get(),
        "coupons": make_coupon(program, by),
    }
