"""Wiring of this room."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Known to Django as `sales`."""

    name = "sarnakh.sales"
    label = "sales"

    def ready(self) -> None:
        """Listen to the rooms below and to this one's own events; add to pages."""
        from sarnakh.invoicing.queries import owed
        from sarnakh.sales import receivers, sold  # noqa: F401 - its receivers connect
        from sarnakh.sales.billing import offers as billing
        from sarnakh.sales.delivering import offers as delivering
        from sarnakh.sales.models import (
            OrderDelivery,
            OrderLine,
            OrderReward,
            PointMove,
        )
        from sarnakh.sales.opportunities import buttons
        from sarnakh.sales.orders import credit, sides
        from sarnakh.sales.preview import offers as preview
        from sarnakh.sales.promotions import buttons as promotions
        from sarnakh.sales.promotions import mailing
        from sarnakh.sales.promotions import receivers as _promotions  # noqa: F401
        from sarnakh.sales.shipping import buttons as shipping
        from sarnakh.sales.shipping import receivers as _shipping  # noqa: F401

        sides.register("rewards", lambda: OrderReward.objects.filter(order=sides.ORDER))
        sides.register("points", lambda: PointMove.objects.filter(order=sides.ORDER))
        sides.register(
            "deliveries", lambda: OrderDelivery.objects.filter(order=sides.ORDER)
        )
        sides.register(
            "invoices",
            lambda: OrderLine.invoice_lines.through._default_manager.filter(
                orderline__order=sides.ORDER
            ),
        )
        delivering.register()
        billing.register()
        buttons.offer()
        preview.offer()
        credit.DEBTS.append(lambda contact, company: owed(contact, company).total)
        sold.register()
        promotions.offer()
        mailing.offer()
        shipping.offer()
