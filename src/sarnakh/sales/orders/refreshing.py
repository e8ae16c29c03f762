"""Prices and taxes of a quotation anew, when somebody asks for it (§3.4, §5.6)."""

from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.money.taxes import engine
from sarnakh.money.taxes import queries as taxes
from sarnakh.records import actions as plain
from sarnakh.records.whole import whole
from sarnakh.sales import errors
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines.scene import PRICE_STEP, PRODUCT, Scene
from sarnakh.sales.models import Order, OrderLine


@whole
def update_prices(order: Order, *, by: Actor) -> Order:
    """Price every product line by the order's price list; typed prices and discounts
    go. Delivery, reward, discount and advance lines stay."""
    order = _open(order)
    found = lines.full_lines(order)
    scene = Scene(order)
    own = {line.pk: [tax.pk for tax in line.taxes.all()] for line in found}
    priced = [line for line in found if _is_priced(line)]
    scene.rules({pk for listed in own.values() for pk in listed})
    scene.price(
        priced, {place: own[line.pk] for place, line in enumerate(priced)}, fresh=True
    )
    scene.take_cost(priced)
    return _kept(
        order,
        found,
        own,
        {"prices_are_stale": False},
        _("Prices updated by %(list)s.") % {"list": _list_of(order)},
        by=by,
    )


@whole
def update_taxes(order: Order, *, by: Actor) -> Order:
    """Give every product line the taxes of its product on the order's day, mapped by
    the fiscal position; prices that include tax are adapted."""
    order = _open(order)
    found = lines.full_lines(order)
    scene = Scene(order)
    products = [line.product for line in found if line.product and _has_own(line)]
    defaults = scene.default_taxes(products)
    own = {line.pk: [tax.pk for tax in line.taxes.all()] for line in found}
    wanted = {
        line.pk: []
        if line.kind != PRODUCT
        else defaults.get(line.product_id or 0, [])
        if _has_own(line)
        else taxes.mapped(own[line.pk], order.fiscal_position, scene.today)
        for line in found
    }
    changed = [
        line for line in found if sorted(own[line.pk]) != sorted(wanted[line.pk])
    ]
    known = scene.rules(
        {pk for listed in (*own.values(), *wanted.values()) for pk in listed}
    )
    for line in changed:
        price = engine.adapted_price(
            line.unit_price,
            [known[pk] for pk in own[line.pk]],
            [known[pk] for pk in wanted[line.pk]],
        )
        line.unit_price = price.quantize(PRICE_STEP)
    lines.write_taxes(changed, [wanted[line.pk] for line in changed], anew=True)
    return _kept(
        order,
        found,
        wanted,
        {"taxes_are_stale": False},
        _("Taxes updated."),
        by=by,
    )


def tax_rate_has_changed(order: Order) -> bool:
    """Whether a new line would get another rate than the lines of this quotation:
    taxes of a series whose validity is over."""
    if not order.is_quotation:
        return False
    today = order.company.profile().today()
    return OrderLine.objects.filter(order=order, taxes__valid_until__lt=today).exists()


def _open(order: Order) -> Order:
    order = plain.locked(order, *lines.LINKS)
    if not order.is_quotation:
        if order.state == Order.State.CANCELLED:
            raise errors.is_cancelled(order.number)
        raise errors.is_confirmed(order.number)
    return order


def _kept(
    order: Order,
    found: list[OrderLine],
    tax_ids: dict[int, list[int]],
    flags: dict[str, bool],
    text: str,
    *,
    by: Actor,
) -> Order:
    quantities: list[tuple[OrderLine, Decimal]] = [
        (line, line.quantity) for line in found
    ]
    lines.recompute(order, by=by, lines=found, tax_ids=tax_ids)
    Order.objects.filter(pk=order.pk).update(**flags, version=F("version") + 1)
    for name, value in flags.items():
        setattr(order, name, value)
    order.version += 1
    lines.tell(order, [text], by=by)
    lines.changed_order(order, changed=quantities, by=by)
    return order


def _is_priced(line: OrderLine) -> bool:
    return (
        line.kind == PRODUCT
        and line.product_id is not None
        and not line.invoiced
        and not (
            line.is_delivery
            or line.is_reward
            or line.is_discount
            or line.is_downpayment
        )
    )


def _has_own(line: OrderLine) -> bool:
    """Whether its taxes are those of its product, not a share of other lines'."""
    return line.product_id is not None and not (
        line.is_discount or line.is_reward or line.is_downpayment
    )


def _list_of(order: Order) -> str:
    return str(order.pricelist) if order.pricelist else _("sales prices")
