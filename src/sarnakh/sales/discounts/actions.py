"""The discount dialog (spec sales §9)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.lib.money import CURRENCIES
from sarnakh.money.models import Tax
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.sales import errors
from sarnakh.sales.discounts import spread
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines import rules
from sarnakh.sales.lines.scene import PRODUCT
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.services import Purpose, service_product

HUNDRED = Decimal(100)
HOW = ("lines", "percent", "fixed")


@whole
def discount(
    order: Order,
    *,
    how: str = "lines",
    amount: float | Decimal = 0,
    spreads: bool = False,
    by: Actor,
) -> Order:
    """Give a discount: a percentage on all lines (0 clears, negative is a
    surcharge), a percentage of the whole, or a fixed amount in major units.

    The last two add lines of the company's discount product at the end, one for
    each set of taxes; a fixed amount is one line without tax unless it `spreads`.
    """
    number = amount if isinstance(amount, Decimal) else Decimal(str(amount or 0))
    order = plain.locked(order, *lines.LINKS)
    rules.refuse_closed(order)
    if how == "lines":
        return _on_all(order, number, by=by)
    if how not in HOW:
        raise InvalidValues({"how": _("This is not one of the choices.")})
    if not number:
        raise InvalidValues({"amount": _("Say how much.")})
    if how == "percent" and number > HUNDRED:
        raise InvalidValues({"amount": _("A discount is at most 100 per cent.")})
    parts = spread.by_taxes(
        (
            tuple(tax.pk for tax in line.taxes.all()),
            spread.net(line.unit_price, line.quantity, line.discount),
        )
        for line in lines.full_lines(order)
        if line.kind == PRODUCT and not line.is_delivery and not line.is_downpayment
    )
    if not parts:
        raise errors.NothingToDiscount
    decimals = CURRENCIES[order.currency].decimals
    if how == "percent":
        found = spread.percentage(parts, number)
        name = _("Discount: %(percent)s%%") % {"percent": f"{number.normalize():f}"}
    else:
        step = Decimal(1).scaleb(-decimals)
        found = (
            spread.spread(parts, number, step=step)
            if spreads
            else [spread.Part((), -number)]
        )
        name = _("Discount")
    product = service_product(order.company, Purpose.DISCOUNT, by=by)
    names = _tax_names(found) if len(found) > 1 else {}
    lines.add(
        order,
        [_line(part, product.pk, name, names.get(part.taxes, "")) for part in found],
        by=by,
        is_ours=True,
    )
    return plain.locked(order, *lines.LINKS)


def _on_all(order: Order, percent: Decimal, *, by: Actor) -> Order:
    if percent > HUNDRED:
        raise InvalidValues({"amount": _("A discount is at most 100 per cent.")})
    if percent < rules.STEEPEST_SURCHARGE:
        raise InvalidValues({"amount": _("This surcharge is too large.")})
    found = lines.full_lines(order)
    for line in found:
        if line.kind == PRODUCT and not (
            line.is_discount or line.is_delivery or line.is_reward
            or line.is_downpayment
        ):  # fmt: skip
            line.discount = percent.quantize(Decimal("0.01"))
    lines.recompute(order, by=by, lines=found)
    lines.tell(
        order,
        [_("Discount on all lines: %(percent)s%%")
         % {"percent": f"{percent.normalize():f}"}],
        by=by,
    )  # fmt: skip
    lines.changed_order(order, changed=[(line, line.quantity) for line in found], by=by)
    return order


def _line(part: spread.Part, product: int, name: str, taxes: str) -> Values:
    return {
        "kind": OrderLine.Kind.PRODUCT,
        "product": product,
        "description": f"{name} ({taxes})" if taxes else name,
        "quantity": 1,
        "unit_price": part.amount,
        "discount": 0,
        "cost": 0,
        "taxes": list(part.taxes),
        "is_discount": True,
    }


def _tax_names(parts: list[spread.Part]) -> dict[spread.TaxSet, str]:
    known = Tax.objects.in_bulk({pk for part in parts for pk in part.taxes})
    return {
        part.taxes: "، ".join(known[pk].name for pk in part.taxes if pk in known)
        or _("without tax")
        for part in parts
    }
