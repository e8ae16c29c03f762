"""What may be done with lines in which state of their order (spec sales §7)."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.lib.money import MAX_MINOR
from sarnakh.records.errors import InvalidValues
from sarnakh.sales import errors
from sarnakh.sales.models import Order, OrderLine

MOST = Decimal(10) ** 9
HIGHEST_PRICE = Decimal(10) ** 14
STEEPEST_SURCHARGE = Decimal(-1000)

# Of a locked order these stay as they are.
WHEN_LOCKED = {
    "product", "description", "unit_price", "unit", "quantity", "taxes", "discount",
}  # fmt: skip
# Of a line that a promotion gives these follow the promotion.
OF_REWARDS = {"product", "quantity", "unit", "unit_price", "discount", "taxes"}
# A heading or a remark is text only.
OF_TEXT_LINES = {"description", "sequence", "order", "kind"}


def refuse_closed(order: Order) -> None:
    """Lines are neither added to nor removed from what is cancelled or locked."""
    if order.state == Order.State.CANCELLED:
        raise errors.is_cancelled(order.number)
    if order.is_locked:
        raise errors.is_locked(order.number)


def refuse_change(line: OrderLine, changed: Mapping[str, Any]) -> None:
    """What the state of the order, or deliveries and invoices, do not allow."""
    order = line.order
    names = set(changed)
    if order.state == Order.State.CANCELLED:
        raise errors.is_cancelled(order.number)
    if order.is_locked and names & WHEN_LOCKED:
        raise errors.is_locked(order.number)
    if names & {"kind", "order"}:
        raise InvalidValues({"kind": _("The kind of a line stays as it is.")})
    if line.kind != OrderLine.Kind.PRODUCT and names - OF_TEXT_LINES:
        raise InvalidValues({"description": _("Sections and notes are text only.")})
    if "delivered" in names:
        _refuse_delivered(line, changed["delivered"])
    if line.is_reward and names & OF_REWARDS:
        raise InvalidValues(
            dict.fromkeys(
                names & OF_REWARDS, _("This follows the promotion that gives the line.")
            )
        )
    if order.state != Order.State.SALE:
        return
    if "unit" in names:
        raise InvalidValues({"unit": _("The unit is settled with the confirmation.")})
    if "product" in names and (line.delivered or line.invoiced):
        raise InvalidValues(
            {"product": _("It is delivered or invoiced already; add another line.")}
        )
    if "quantity" in names:
        wanted = Decimal(str(changed["quantity"] or 0))
        if line.delivered > 0 and wanted < line.delivered:
            raise errors.below_delivered(str(line), f"{line.delivered.normalize():f}")


def _refuse_delivered(line: OrderLine, quantity: Any) -> None:
    """Delivered quantities are typed for services of confirmed orders only."""
    if line.product is None or line.product.is_goods:
        raise InvalidValues(
            {"delivered": _("This quantity follows from the deliveries.")}
        )
    if line.order.state != Order.State.SALE:
        raise InvalidValues({"delivered": _("Confirm the order first.")})
    if Decimal(str(quantity or 0)) < 0:
        raise InvalidValues({"delivered": _("A quantity cannot be negative.")})


def refuse_removal(line: OrderLine) -> None:
    """Lines of confirmed orders stay, except text, delivery and open advances."""
    order = line.order
    refuse_closed(order)
    if order.state != Order.State.SALE or line.kind != OrderLine.Kind.PRODUCT:
        return
    if line.is_delivery and not line.invoiced:
        return
    if line.is_downpayment and not line.invoiced and not line.untaxed_invoiced:
        return
    raise errors.line_stays(str(line))


def refuse_product(product: Product, company: Company) -> None:
    """A product that this company does not sell (any more)."""
    if product.company_id not in (None, company.pk):
        raise errors.OtherCompany(product.name, company.name)
    if not product.active or not product.is_sold:
        raise errors.NotSold(product.name)
    if product.has_variants:
        raise InvalidValues(
            {"product": _("Choose a variant of “%(name)s”.") % {"name": product.name}}
        )
    if product.warning == Product.Notice.BLOCK:
        raise errors.Blocked(product.name, product.warning_text)


def refuse_absurd(line: OrderLine, changed: Collection[str] | None = None) -> None:
    """Numbers that nobody means, named by their field."""
    wrong: dict[str, str] = {}
    if line.kind == OrderLine.Kind.PRODUCT:
        if line.product_id is None and not (line.is_discount or line.is_downpayment):
            wrong["product"] = _("Choose a product.")
        if abs(line.quantity) > MOST:
            wrong["quantity"] = _("This quantity is too large.")
        if abs(line.unit_price) > HIGHEST_PRICE:
            wrong["unit_price"] = _("This price is too large.")
        if abs(line.cost) > HIGHEST_PRICE:
            wrong["cost"] = _("This price is too large.")
        if line.discount > 100:
            wrong["discount"] = _("A discount is at most 100 per cent.")
        elif line.discount < STEEPEST_SURCHARGE:
            wrong["discount"] = _("This surcharge is too large.")
    elif not line.description.strip():
        wrong["description"] = _("Write something.")
    if wrong:
        raise InvalidValues(wrong)


def refuse_huge(line: OrderLine) -> None:
    """An amount beyond what can be kept exactly."""
    if max(abs(line.subtotal), abs(line.total), abs(line.margin)) > MAX_MINOR:
        raise InvalidValues({"unit_price": _("This amount is too large.")})


def refuse_unit(line: OrderLine) -> None:
    """Units convert within their category only."""
    if line.product is None or line.unit is None:
        return
    if line.unit.category_id != line.product.unit.category_id:
        raise InvalidValues(
            {
                "unit": _("“%(product)s” is not measured in %(unit)s.")
                % {"product": line.product.name, "unit": line.unit.name}
            }
        )
