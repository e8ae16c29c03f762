"""Promotions and codes on quotations."""

import datetime as dt
from decimal import Decimal

import pytest

from sarnakh.lib.errors import Refused
from sarnakh.mail.models import Letter
from sarnakh.records.errors import InvalidValues
from sarnakh.records.models import Change
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Coupon, Order, OrderCode, OrderReward, ProgramRule
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.promotions import actions, coupons, programs
from sarnakh.sales.tests.factories import (
    line,
    lines_of,
    make_contact,
    make_order,
    make_pricelist,
    make_product,
    make_tax,
    manager,
)
from sarnakh.sales.tests.promotions import (
    make_coupon,
    make_program,
    order_of_7_600_000,
    points,
    rewards_on,
    total,
)

pytestmark = pytest.mark.django_db


def refused(code: str):
    """A refusal with this word."""
    return pytest.raises(Refused, check=lambda error: error.code == code)


# --- the three numbers of the specification ---------------------------------------


def test_15_per_cent_of_the_order_is_6_460_000():
    by = manager()
    make_program(by, reward={"percent": Decimal(15)})
    order = order_of_7_600_000(by)
    assert order.total == 7_600_000

    actions.apply_promotions(order, by=by)

    order.refresh_from_db()
    assert (order.untaxed, order.tax, order.total) == (5_950_000, 510_000, 6_460_000)
    assert [one.subtotal for one in rewards_on(order)] == [-900_000, -150_000]


def test_at_most_500_000_is_7_100_000_exactly():
    by = manager()
    make_program(by, reward={"percent": Decimal(15), "max_amount": 500_000})
    order = order_of_7_600_000(by)

    actions.apply_promotions(order, by=by)

    assert total(order) == 7_100_000
    assert [(one.subtotal, one.tax) for one in rewards_on(order)] == [
        (-394_737, -39_474),
        (-65_789, 0),
    ]


def test_700_000_per_order_is_6_900_000():
    by = manager()
    make_program(by, reward={"mode": "order", "amount": 700_000})
    order = order_of_7_600_000(by)

    actions.apply_promotions(order, by=by)

    assert total(order) == 6_900_000


# --- applying -----------------------------------------------------------------------


def test_without_an_offer_a_message_says_so():
    by = manager()
    order = order_of_7_600_000(by)

    with refused("nothing-to-claim"):
        actions.apply_promotions(order, by=by)


def test_among_several_one_is_chosen():
    by = manager()
    make_program(by)
    shipping = make_program(by, reward={"kind": "shipping"})
    order = order_of_7_600_000(by)

    actions.apply_promotions(order, by=by)
    assert rewards_on(order) == []
    assert len(actions.offers(order)) == 2
    reward = shipping.rewards.get()
    actions.claim_reward(order, reward=reward.pk, by=by)

    assert [one.reward.reward for one in rewards_on(order)] == [reward]
    with refused("not-claimable"):
        actions.claim_reward(order, reward=reward.pk, by=by)


def test_applying_again_does_not_take_a_discount_twice():
    by = manager()
    make_program(by)
    order = order_of_7_600_000(by)
    actions.apply_promotions(order, by=by)

    with refused("nothing-to-claim"):
        actions.apply_promotions(order, by=by)

    assert total(order) == 6_840_000


def test_of_two_percentages_on_the_order_the_higher_counts():
    by = manager()
    low = make_program(by, "code", reward={"scope": "order", "percent": Decimal(10)})
    high = make_program(by, "code", reward={"scope": "order", "percent": Decimal(20)})
    order = order_of_7_600_000(by)
    actions.apply_code(order, code=low.rules.get().code, by=by)
    assert total(order) == 6_840_000

    actions.apply_code(order, code=high.rules.get().code, by=by)
    assert total(order) == 6_080_000

    with refused("better-applied"):
        actions.apply_code(order, code=low.rules.get().code, by=by)
    assert total(order) == 6_080_000


def test_25_per_cent_on_a_product_after_10_on_the_order():
    by = manager()
    desk = make_product(by, 1_000_000)
    make_program(by)
    code = make_program(
        by, "code", reward={"percent": Decimal(25), "products": [desk.pk]}
    )
    order = make_order(by, line(desk), line(make_product(by, 500_000)))
    actions.apply_promotions(order, by=by)

    actions.apply_code(order, code=code.rules.get().code, by=by)

    assert rewards_on(order)[-1].total == -225_000


def test_buy_two_get_one_follows_the_quantity():
    by = manager()
    pen = make_product(by, 100, name="Pen")
    make_program(
        by, "buy-x-get-y", rule={"products": [pen.pk]}, reward={"products": [pen.pk]}
    )
    order = make_order(by, line(pen, 2))

    actions.apply_promotions(order, by=by)
    [free] = rewards_on(order)
    assert (free.product, free.quantity, free.discount, free.total) == (pen, 1, 100, 0)
    assert free.unit_price == 100

    bought = lines_of(order)[0]
    lines.change(bought, {"quantity": Decimal(7)}, by=by)
    assert [one.quantity for one in rewards_on(order)] == [3]

    lines.change(lines_of(order)[0], {"quantity": Decimal(1)}, by=by)
    assert rewards_on(order) == []
    assert not OrderReward.objects.filter(order=order).exists()


def test_the_cheapest_product_is_free():
    by = manager()
    make_program(by, reward={"percent": Decimal(100), "scope": "cheapest"})
    order = make_order(by, line(make_product(by, 300)), line(make_product(by, 200), 2))

    actions.apply_promotions(order, by=by)

    assert total(order) == 500


# --- codes ----------------------------------------------------------------------------


def test_codes_are_read_however_they_are_typed():
    by = manager()
    program = make_program(by, "coupons")
    coupon = make_coupon(program, by, code="nowruz-14")
    order = order_of_7_600_000(by)

    actions.apply_code(order, code=" nowruz-۱۴ ", by=by)

    assert coupon.code == "NOWRUZ-14"
    assert total(order) == 6_840_000


def test_what_codes_are_refused_for():
    by = manager()
    order = order_of_7_600_000(by)
    yesterday = by.company.profile().today() - dt.timedelta(days=1)
    coupon_program = make_program(by, "coupons")

    def code_of(**values) -> str:
        return make_program(by, "code", **values).rules.get().code

    with refused("unknown-code"):
        actions.apply_code(order, code="nothing", by=by)
    with refused("expired"):
        actions.apply_code(order, code=code_of(ends_on=yesterday), by=by)
    with refused("expired"):
        late = make_coupon(coupon_program, by, expires_on=yesterday)
        actions.apply_code(order, code=late.code, by=by)
    with refused("used"):
        empty = make_coupon(coupon_program, by, points=Decimal(0))
        actions.apply_code(order, code=empty.code, by=by)
    with refused("minimum-purchase"):
        rich = code_of(rule={"minimum_amount": 7_600_001}, reward={"scope": "order"})
        actions.apply_code(order, code=rich, by=by)
    with refused("products-missing"):
        other = make_product(by, 5)
        rare = code_of(rule={"products": [other.pk]}, reward={"scope": "order"})
        actions.apply_code(order, code=rare, by=by)
    with refused("other-customer"):
        theirs = make_coupon(coupon_program, by, customer=make_contact(by).pk)
        actions.apply_code(order, code=theirs.code, by=by)
    with refused("unknown-code"):
        actions.apply_code(order, code=code_of(active=False), by=by)

    assert total(order) == 7_600_000
    assert not OrderCode.objects.exists()


def test_a_code_is_applied_once():
    by = manager()
    code = make_program(by, "code", reward={"scope": "order"}).rules.get().code
    order = order_of_7_600_000(by)
    actions.apply_code(order, code=code, by=by)

    with refused("already-applied"):
        actions.apply_code(order, code=code, by=by)


def test_a_reserved_coupon_is_for_the_whole_company():
    by = manager()
    company = make_contact(by, name="Aria", is_company=True)
    person = make_contact(by, name="Sara", parent=company.pk, is_company=False)
    coupon = make_coupon(make_program(by, "coupons"), by, customer=company.pk)
    order = order_of_7_600_000(by, customer=person)

    actions.apply_code(order, code=coupon.code, by=by)

    assert total(order) == 6_840_000


def test_a_program_is_for_as_many_orders_as_it_says():
    by = manager()
    make_program(by, usage_limit=1)
    first, second = order_of_7_600_000(by), order_of_7_600_000(by)
    actions.apply_promotions(first, by=by)

    with refused("nothing-to-claim"):
        actions.apply_promotions(second, by=by)

    orders.cancel(first, by=by)
    actions.apply_promotions(second, by=by)
    assert total(second) == 6_840_000


# --- following the order ----------------------------------------------------------------


def test_rewards_follow_lines_and_go_when_the_minimum_is_not_met():
    by = manager()
    make_program(by, rule={"minimum_amount": 5_000_000})
    order = order_of_7_600_000(by)
    actions.apply_promotions(order, by=by)

    lines.change(lines_of(order)[0], {"quantity": Decimal(4)}, by=by)
    assert total(order) == 8_820_000

    lines.change(lines_of(order)[0], {"quantity": Decimal(1)}, by=by)
    assert rewards_on(order) == []
    assert total(order) == 3_200_000


def test_taking_one_line_of_a_reward_off_takes_all_and_frees_the_code():
    by = manager()
    coupon = make_coupon(make_program(by, "coupons"), by)
    order = order_of_7_600_000(by)
    actions.apply_code(order, code=coupon.code, by=by)
    first, _second = rewards_on(order)

    lines.remove([first], by=by)

    assert rewards_on(order) == []
    assert total(order) == 7_600_000
    actions.apply_code(order, code=coupon.code, by=by)
    assert total(order) == 6_840_000


def test_another_price_list_ends_what_is_for_one_list():
    by = manager()
    special = make_pricelist()
    make_program(by, pricelists=[special.pk])
    order = order_of_7_600_000(by, pricelist=special.pk)
    actions.apply_promotions(order, by=by)
    assert len(rewards_on(order)) == 2

    orders.change(order, {"pricelist": make_pricelist().pk}, by=by)

    assert rewards_on(order) == []


def test_lines_of_rewards_are_not_edited_by_hand():
    by = manager()
    make_program(by)
    order = order_of_7_600_000(by)
    actions.apply_promotions(order, by=by)

    with pytest.raises(InvalidValues):
        lines.change(rewards_on(order)[0], {"unit_price": Decimal(-1)}, by=by)

    assert total(order) == 6_840_000


def test_a_copy_has_no_rewards():
    by = manager()
    make_program(by)
    order = order_of_7_600_000(by)
    actions.apply_promotions(order, by=by)

    twin = orders.duplicate(order, by=by)

    assert rewards_on(twin) == []
    assert total(twin) == 7_600_000


# --- points -------------------------------------------------------------------------------


def test_a_coupon_is_spent_with_the_confirmation_and_comes_back():
    by = manager()
    coupon = make_coupon(make_program(by, "coupons"), by)
    order = order_of_7_600_000(by)
    actions.apply_code(order, code=coupon.code, by=by)
    assert points(coupon) == 1

    orders.confirm(order, by=by)
    orders.confirm(order, by=by)
    assert points(coupon) == 0

    orders.cancel(Order.objects.get(pk=order.pk), by=by)
    assert points(coupon) == 1
    assert rewards_on(order) == []
    assert total(order) == 7_600_000


def test_two_quotations_with_one_coupon_make_one_order():
    by = manager()
    coupon = make_coupon(make_program(by, "coupons"), by)
    first, second = order_of_7_600_000(by), order_of_7_600_000(by)
    for order in (first, second):
        actions.apply_code(order, code=coupon.code, by=by)
    orders.confirm(first, by=by)

    with refused("not-enough-points"):
        orders.confirm(second, by=by)

    assert Order.objects.get(pk=second.pk).state == "draft"
    assert points(coupon) == 0


def test_a_loyalty_card_earns_and_pays():
    by = manager()
    make_program(by, "loyalty")
    customer = make_contact(by)
    order = make_order(by, line(make_product(by, 1_000)), customer=customer)
    orders.confirm(order, by=by)
    card = Coupon.objects.get()
    assert (card.points, card.customer) == (1_000, customer)

    later = make_order(by, line(make_product(by, 100)), customer=customer)
    actions.apply_promotions(later, by=by)
    assert total(later) == 95
    assert points(card) == 1_000

    orders.confirm(later, by=by)
    # 200 are spent; 100 earned: a reward of loyalty does not lower what is paid.
    assert points(card) == 900

    orders.cancel(Order.objects.get(pk=later.pk), by=by)
    assert points(card) == 1_000
    assert Coupon.objects.count() == 1


def test_a_changed_order_earns_by_its_lines():
    by = manager()
    make_program(by, "loyalty")
    order = make_order(by, line(make_product(by, 1_000)))
    orders.confirm(order, by=by)

    lines.change(lines_of(order)[0], {"quantity": Decimal(3)}, by=by)

    assert Coupon.objects.get().points == 3_000


def test_the_next_order_gets_a_coupon_by_mail(django_capture_on_commit_callbacks):
    by = manager()
    make_program(by, "next-order", rule={"minimum_amount": 1_000}, coupon_days=30)
    customer = make_contact(by, email="buyer@example.com")
    order = make_order(by, line(make_product(by, 1_000)), customer=customer)

    orders.confirm(order, by=by)

    coupon = Coupon.objects.get()
    today = by.company.profile().today()
    assert (coupon.order, coupon.customer) == (order, customer)
    assert coupon.expires_on == today + dt.timedelta(days=30)
    assert coupon.code in Letter.objects.get().body
    later = make_order(by, line(make_product(by, 1_000)), customer=customer)
    actions.apply_code(later, code=coupon.code, by=by)
    assert total(later) == 850


def test_a_customer_without_address_gets_no_letter_and_the_order_says_so():
    by = manager()
    make_program(by, "next-order")
    order = make_order(by, line(make_product(by, 1_000)))

    orders.confirm(order, by=by)

    assert not Letter.objects.exists()
    code = Coupon.objects.get().code
    notes = Change.objects.filter(record_type="orders", record_id=order.pk)
    assert any(code in one.note for one in notes)


def test_an_unused_coupon_goes_with_its_order():
    by = manager()
    make_program(by, "next-order")
    order = make_order(by, line(make_product(by, 1_000)))
    orders.confirm(order, by=by)
    assert Coupon.objects.count() == 1

    orders.cancel(Order.objects.get(pk=order.pk), by=by)

    assert not Coupon.objects.exists()


def test_an_order_below_the_minimum_brings_nothing():
    by = manager()
    make_program(by, "next-order", rule={"minimum_amount": 1_001})

    orders.confirm(make_order(by, line(make_product(by, 1_000))), by=by)

    assert not Coupon.objects.exists()


def test_gift_cards_are_bought_one_by_one_and_pay_without_tax():
    by = manager()
    card = make_product(by, 50_000, name="Gift card")
    make_program(by, "gift-card", rule={"products": [card.pk]})
    vat = make_tax(by.company, 10)
    bought = make_order(by, line(card, 2), line(make_product(by, 7)))
    orders.confirm(bought, by=by)
    found = list(Coupon.objects.all())
    assert [one.points for one in found] == [50_000, 50_000]

    order = make_order(by, line(make_product(by, 60_000, taxes=[vat])))
    actions.apply_code(order, code=found[0].code, by=by)
    order.refresh_from_db()
    assert (order.untaxed, order.tax, order.total) == (10_000, 6_000, 16_000)
    actions.apply_code(order, code=found[1].code, by=by)
    assert total(order) == 0
    orders.confirm(Order.objects.get(pk=order.pk), by=by)
    assert sorted(points(one) for one in found) == [0, 34_000]


def test_payment_comes_after_discounts():
    by = manager()
    product = make_product(by, 50_000)
    program = make_program(by, "gift-card", rule={"products": [product.pk]})
    card = make_coupon(program, by, points=Decimal(30_000))
    discount = make_program(by, "code", reward={"scope": "order"})
    order = make_order(by, line(make_product(by, 100_000)))
    actions.apply_code(order, code=card.code, by=by)

    actions.apply_code(order, code=discount.rules.get().code, by=by)

    assert [one.total for one in rewards_on(order)] == [-10_000, -30_000]
    assert total(order) == 60_000


# --- writing programs -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "trigger", "applies", "rules"),
    [
        ("coupons", "code", "current", 0),
        ("promotion", "auto", "current", 1),
        ("code", "code", "current", 1),
        ("buy-x-get-y", "auto", "current", 1),
        ("next-order", "auto", "future", 1),
        ("loyalty", "auto", "both", 1),
        ("gift-card", "auto", "future", 1),
        ("wallet", "auto", "future", 1),
    ],
)
def test_types_begin_with_their_defaults(kind, trigger, applies, rules):
    by = manager()

    program = make_program(by, kind)

    assert (program.trigger, program.applies) == (trigger, applies)
    assert program.rules.count() == rules
    assert program.rewards.count() == 1
    assert bool(ProgramRule.objects.exclude(code="").count()) == (kind == "code")


def test_generated_codes_differ_and_points_stay():
    by = manager()
    program = make_program(by, "coupons")

    coupons.generate(program, count=200, points=3, by=by)

    found = list(Coupon.objects.all())
    assert len({one.code for one in found}) == 200
    assert {len(one.code) for one in found} == {19}
    with pytest.raises(InvalidValues):
        coupons.change(found[0], {"points": Decimal(9)}, by=by)
    assert points(found[0]) == 3


def test_a_code_belongs_to_one_rule_or_coupon():
    by = manager()
    make_coupon(make_program(by, "coupons"), by, code="SPRING")
    program = make_program(by)

    with pytest.raises(InvalidValues):
        programs.create_rules([{"program": program.pk, "code": "spring"}], by=by)


def test_amounts_of_another_currency_are_converted():
    from sarnakh.money.models import CurrencyRate

    by = manager()
    CurrencyRate.objects.create(currency="USD", date="2020-01-01", price=600_000)
    make_program(by, currency="USD", reward={"mode": "order", "amount": 150})
    order = order_of_7_600_000(by)

    actions.apply_promotions(order, by=by)

    assert total(order) == 7_600_000 - 900_000
