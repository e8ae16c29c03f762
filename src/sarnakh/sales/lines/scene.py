"""What lines take from around them: settings, prices, taxes, costs."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import Product, Unit
from sarnakh.catalog.units import price_converted
from sarnakh.lib.money import CURRENCIES
from sarnakh.money import rates
from sarnakh.money.models import TradeSettings
from sarnakh.money.taxes import engine
from sarnakh.money.taxes import queries as taxes
from sarnakh.pricing import queries as pricing
from sarnakh.pricing.models import Pricelist
from sarnakh.sales.margins import margin
from sarnakh.sales.models import Order, OrderLine

PRICE_STEP = Decimal("0.0001")
PRODUCT = OrderLine.Kind.PRODUCT
# Rooms above know other prices than the price list: `ask(order, lines)` gives unit
# prices in the order's currency by place in `lines`.
PRICES: list[Callable[[Order, Sequence[OrderLine]], dict[int, Decimal]]] = []
TAX_RULES = "tax-rules"
"""Under which key an actor remembers for the rest of the request what taxes do."""


@dataclass
class Scene:
    """Around the lines of one order; whatever is read, is read once."""

    order: Order
    _rules: dict[int, engine.TaxRule] = field(default_factory=dict)

    @cached_property
    def settings(self) -> TradeSettings:
        """How the order's company trades."""
        return TradeSettings.of(self.order.company)

    @property
    def per_document(self) -> bool:
        """Whether taxes are rounded once for the whole document."""
        return self.settings.tax_rounding == TradeSettings.TaxRounding.DOCUMENT

    @property
    def decimals(self) -> int:
        """Decimals of the order's currency."""
        return CURRENCIES[self.order.currency].decimals

    @cached_property
    def at(self) -> dt.datetime:
        """The instant whose prices hold."""
        confirmed = self.order.state == Order.State.SALE
        return self.order.ordered_at if confirmed else timezone.now()

    @property
    def today(self) -> dt.date:
        """The day whose taxes and rates hold, in the company's time zone."""
        return self.order.company.profile().local(self.at).date()

    @property
    def shows_discount(self) -> bool:
        """Whether the price list shows the public price and a discount."""
        shown = Pricelist.DiscountPolicy.SHOWN
        found = self.order.pricelist
        return found is not None and found.discount_policy == shown

    def products(self, ids: Iterable[int]) -> dict[int, Product]:
        """Products with their units and categories."""
        return Product.objects.select_related("unit", "category").in_bulk(set(ids))

    def units(self, ids: Iterable[int]) -> dict[int, Unit]:
        """Units by number."""
        wanted = set(ids)
        return Unit.objects.in_bulk(wanted) if wanted else {}

    def rules(self, ids: Iterable[int]) -> dict[int, engine.TaxRule]:
        """What taxes do, each read once."""
        wanted = set(ids)
        if missing := wanted - self._rules.keys():
            self._rules |= taxes.rules(missing)
        return self._rules

    def default_taxes(
        self, products: Collection[Product], *, mapped: bool = True
    ) -> dict[int, list[int]]:
        """Ids of each product's taxes on the order's day, by fiscal position."""
        if not products:
            return {}
        position = self.order.fiscal_position if mapped else None
        found = taxes.default_taxes(
            list(products), self.order.company, self.today, position
        )
        return {
            key: [getattr(tax, "pk", tax) for tax in listed]
            for key, listed in found.items()
        }

    def remember(self, by: Actor) -> None:
        """Keep for the page that follows what a write has just read."""
        by.once(settings_key(self.order), lambda: self.settings)
        by.once(TAX_RULES, dict).update(self._rules)

    # --- filling lines ------------------------------------------------------------

    def price(
        self, lines: Sequence[OrderLine], tax_ids: dict[int, list[int]], *, fresh: bool
    ) -> None:
        """Unit price and discount by the price list; `tax_ids` by place in `lines`.

        With a list that includes discounts a typed one stays, unless the line is
        priced afresh.
        """
        wanted = [line for line in lines if line.product and line.unit]
        found = pricing.prices(
            [
                (line.product, line.quantity, line.unit)
                for line in wanted
                if line.product and line.unit
            ],
            pricelist=self.order.pricelist,
            currency=self.order.currency,
            company=self.order.company,
            at=self.at,
            rates=rates.price_of,
        )
        before = self._unmapped([line.product for line in wanted if line.product])
        places = {id(line): place for place, line in enumerate(lines)}
        own_prices = {
            place: price
            for ask in PRICES
            for place, price in ask(self.order, wanted).items()
        }
        for number, (line, priced) in enumerate(zip(wanted, found, strict=True)):
            unit_price = own_prices.get(number, priced.unit_price)
            if before is not None:
                own = tax_ids[places[id(line)]]
                known = self.rules([*before[line.product_id or 0], *own])
                unit_price = engine.adapted_price(
                    unit_price,
                    [known[pk] for pk in before[line.product_id or 0]],
                    [known[pk] for pk in own],
                )
            line.unit_price = unit_price.quantize(PRICE_STEP)
            line.price_is_manual = False
            if self.shows_discount and number not in own_prices:
                line.discount = priced.discount
            elif fresh:
                line.discount = Decimal(0)

    def _unmapped(self, products: list[Product]) -> dict[int, list[int]] | None:
        """Taxes before the fiscal position; None where there is none."""
        if self.order.fiscal_position_id is None or not products:
            return None
        found = self.default_taxes(products, mapped=False)
        return {product.pk: found.get(product.pk, []) for product in products}

    def take_cost(self, lines: Iterable[OrderLine]) -> None:
        """The product's cost of one unit of the line, in the order's currency."""
        rate = self.order.rate or Decimal(1)
        for line in lines:
            if line.product and line.unit:
                cost = price_converted(line.product.cost, line.product.unit, line.unit)
                line.cost = (cost / rate).quantize(PRICE_STEP)

    def compute(self, line: OrderLine, tax_ids: Iterable[int]) -> None:
        """Subtotal, tax, total, parts of taxes and margin of a line."""
        if line.kind != PRODUCT:
            line.subtotal = line.tax = line.total = line.margin = 0
            line.tax_parts = []
            return
        ids = list(tax_ids)
        known = self.rules(ids)
        amounts = engine.line_amounts(
            line.unit_price,
            line.quantity,
            line.discount,
            [known[pk] for pk in ids],
            decimals=self.decimals,
            per_document=self.per_document,
        )
        line.subtotal, line.tax, line.total = (
            amounts.subtotal, amounts.tax, amounts.total,
        )  # fmt: skip
        line.tax_parts = engine.parts_json(amounts.parts)
        line.margin = margin(
            line.subtotal, line.cost, line.quantity, decimals=self.decimals
        )


def settings_key(order: Order) -> tuple[str, int]:
    """Under which key an actor remembers how the order's company trades."""
    return ("trade-settings", order.company_id)


def description_of(product: Product) -> str:
    """What customers read on a line."""
    return "\n".join(filter(None, (product.name, product.sale_description.strip())))
