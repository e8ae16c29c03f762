"""A quotation template fills an order (spec sales §8)."""

from decimal import Decimal

from sarnakh.accounts.actor import Actor
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import (
    Order,
    OrderLine,
    OrderOption,
    QuotationTemplate,
    TemplateLine,
)
from sarnakh.sales.options import actions as options


@whole
def apply(
    order: Order, template: QuotationTemplate, *, by: Actor, is_new: bool = False
) -> int:
    """Replace lines and options by those of the template, at the prices of the
    order's price list. How many lines there are now."""
    if not is_new:
        OrderOption.objects.filter(order=order).delete()
        if old := list(OrderLine.objects.filter(order=order)):
            lines.remove(old, by=by)
    rows = list(
        TemplateLine.objects.filter(template=template).order_by("sequence", "pk")
    )
    plain_rows = [row for row in rows if not row.is_option]
    lines.add(order, [_line(row) for row in plain_rows], by=by, is_new=is_new)
    options.fill(
        order,
        [
            {
                "product": row.product_id,
                "description": row.description,
                "quantity": row.quantity,
                "unit": row.unit_id,
                "sequence": row.sequence,
            }
            for row in rows
            if row.is_option and row.product_id
        ],
        by=by,
    )
    return len(plain_rows)


def _line(row: TemplateLine) -> Values:
    found: Values = {
        "kind": row.kind,
        "sequence": row.sequence,
        "description": row.description or None,
    }
    if row.kind == OrderLine.Kind.PRODUCT:
        found |= {
            "product": row.product_id,
            "quantity": row.quantity if row.quantity is not None else Decimal(1),
            "unit": row.unit_id,
        }
    return found
