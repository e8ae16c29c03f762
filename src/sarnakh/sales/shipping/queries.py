"""What sending an order costs, by each method that reaches its address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sarnakh.catalog.units import converted as in_unit
from sarnakh.delivery.models import ShippingMethod
from sarnakh.delivery.shipping import queries as shipping
from sarnakh.delivery.shipping.price import Basket
from sarnakh.lib.money import to_major, to_minor
from sarnakh.money.conversion import converted, quotient
from sarnakh.money.exact import ONE, ZERO
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines.scene import PRODUCT, Scene
from sarnakh.sales.models import Order, OrderLine, Reward


@dataclass(frozen=True)
class Offer:
    """A method and its price on this order, in major units of the order's currency;
    None where it is not available for these goods."""

    method: ShippingMethod
    unit_price: Decimal | None
    discount: Decimal = ZERO
    is_free: bool = False
    tax_ids: tuple[int, ...] = ()

    @property
    def amount(self) -> Decimal:
        """What it comes to, before tax."""
        return (self.unit_price or ZERO) * (100 - self.discount) / 100


def has_goods(order: Order) -> bool:
    """Whether there is anything to send."""
    return (
        OrderLine.objects.filter(order=order, kind=PRODUCT, product__isnull=False)
        .exclude(product__kind="service")
        .exists()
    )


def offers(
    order: Order,
    *,
    weight: Decimal | None = None,
    only: Iterable[ShippingMethod] | None = None,
    is_delivered: bool = False,
) -> list[Offer]:
    """Methods that reach the delivery address, with their price; those without one
    for these goods come last. `is_delivered` counts what has left, not what was
    ordered."""
    address = order.delivery_address or order.customer
    methods = (
        list(only) if only is not None else shipping.methods_for(address, order.company)
    )
    found = lines.full_lines(order)
    goods = basket(order, found, weight=weight, is_delivered=is_delivered)
    fixed = _fixed(order, methods)
    offered = [_offer(order, one, goods, fixed[one.pk]) for one in methods]
    return sorted(offered, key=lambda one: one.unit_price is None)


def basket(
    order: Order,
    found: Sequence[OrderLine],
    *,
    weight: Decimal | None = None,
    is_delivered: bool = False,
) -> Basket:
    """The goods of an order: no services, no sending; the total without sending, in
    the company's currency."""
    heavy = volume = count = ZERO
    for line in found:
        product = line.product
        if line.kind != PRODUCT or not product or not product.is_goods:
            continue
        if line.is_delivery or line.is_downpayment or line.is_discount:
            continue
        quantity = line.delivered if is_delivered else line.quantity
        if quantity <= 0:
            continue
        if line.unit and line.unit_id != product.unit_id:
            quantity = in_unit(quantity, line.unit, product.unit, rounding="none")
        heavy += product.weight * quantity
        volume += product.volume * quantity
        count += quantity
    sending = sum(
        line.total
        for line in found
        if line.is_delivery
        or (line.reward and line.reward.reward.kind == Reward.Kind.SHIPPING)
    )
    home = order.company.currency
    total = converted(order.total - sending, order.rate, order.currency, home)
    return Basket(
        weight=heavy if weight is None else weight,
        volume=volume,
        quantity=count,
        price=to_major(total, home),
    )


def _fixed(
    order: Order, methods: Sequence[ShippingMethod]
) -> dict[int, tuple[OrderLine, list[int]]]:
    """The price of each method's product by the price list of the order."""
    if not methods:
        return {}
    scene = Scene(order)
    products = scene.products(one.product_id for one in methods)
    taxes = scene.default_taxes(list(products.values()))
    made = []
    for one in methods:
        product = products[one.product_id]
        made.append(
            OrderLine(
                order=order, product=product, unit=product.unit, quantity=ONE,
                unit_price=ZERO, discount=ZERO,
            )
        )  # fmt: skip
    tax_ids = [taxes.get(one.product_id, []) for one in methods]
    scene.price(made, dict(enumerate(tax_ids)), fresh=True)
    return {
        one.pk: (line, ids)
        for one, line, ids in zip(methods, made, tax_ids, strict=True)
    }


def _offer(
    order: Order,
    method: ShippingMethod,
    goods: Basket,
    fixed: tuple[OrderLine, list[int]],
) -> Offer:
    line, tax_ids = fixed
    home = order.company.currency
    quote = shipping.quote(
        method,
        goods,
        fixed=to_minor(line.unit_price, order.currency),
        currency=home,
    )
    if quote is None:
        return Offer(method, None)
    ids = tuple(tax_ids)
    if quote.is_free:
        return Offer(method, ZERO, is_free=True, tax_ids=ids)
    if method.provider == ShippingMethod.Provider.FIXED:
        return Offer(method, line.unit_price, line.discount, tax_ids=ids)
    amount = converted(quote.amount, quotient(ONE, order.rate), home, order.currency)
    return Offer(method, to_major(amount, order.currency), tax_ids=ids)
