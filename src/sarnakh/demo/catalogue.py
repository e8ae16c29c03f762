"""Writing what a demo company sells: products, prices, stock, terms, a template."""

from decimal import Decimal

from django.utils import translation

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.catalog.categories import actions as categories
from sarnakh.catalog.models import Product, ProductCategory, Unit
from sarnakh.catalog.products import actions as products
from sarnakh.contacts.models import Contact
from sarnakh.delivery.queries import first_warehouse
from sarnakh.delivery.stock import actions as stock
from sarnakh.demo.identities import account
from sarnakh.demo.trade import Goods, Trade
from sarnakh.invoicing.journals import actions as journals
from sarnakh.invoicing.models import Journal
from sarnakh.money import settings
from sarnakh.money.models import PaymentTerm, TradeSettings
from sarnakh.pricing.lists import actions as lists
from sarnakh.pricing.models import Pricelist, PricelistRule
from sarnakh.pricing.rules import actions as rules
from sarnakh.sales.offers import actions as templates
from sarnakh.sales.types import CUSTOMER_TERMS

WHOLESALERS = 6
PERCENT = PricelistRule.Computation.PERCENT


class Catalogue:
    """The catalogue of one company, as its manager types it in."""

    def __init__(self, trade: Trade, company: Company, *, by: Actor) -> None:
        self.trade, self.company, self.by = trade, company, by
        self.products: dict[str, Product] = {}

    def write(self, customers: list[Contact]) -> dict[str, Product]:
        """Everything; the products by their codes. The first customers buy in bulk."""
        drawers = self._categories()
        self._products(drawers)
        self._stock()
        self._agree(self._prices(drawers), customers[:WHOLESALERS])
        self._accounts()
        terms = {
            "terms": self.trade.terms,
            "terms_mode": TradeSettings.TermsMode.TEXT,
        }
        settings.change(self.company, terms, by=self.by)
        self._template()
        return self.products

    def _categories(self) -> dict[str, ProductCategory]:
        names = list(dict.fromkeys(one.category for one in self.trade.goods))
        root = ProductCategory.objects.filter(parent=None).order_by("pk").first()
        made = categories.create(
            [{"name": name, "parent": root.pk if root else None} for name in names],
            by=self.by,
        )
        return dict(zip(names, made, strict=True))

    def _products(self, drawers: dict[str, ProductCategory]) -> None:
        units = _units()
        made = products.create(
            [
                {
                    "name": one.name,
                    "reference": self._reference(number, one),
                    "kind": one.kind,
                    "category": drawers[one.category].pk,
                    "company": self.company.pk,
                    "price": one.price,
                    "cost": one.cost,
                    "unit": units[one.unit].pk,
                    "weight": one.weight,
                    "sale_description": one.note,
                    "is_rentable": one.rent is not None,
                    "is_recurring": one.is_recurring,
                }
                for number, one in enumerate(self.trade.goods, start=1)
            ],
            by=self.by,
        )
        codes = [one.code for one in self.trade.goods]
        self.products = dict(zip(codes, made, strict=True))

    def _reference(self, number: int, goods: Goods) -> str:
        """Digits beside a name that is written from right to left."""
        is_rtl = self.company.language in {"fa", "ar"}
        return f"{1000 + number}" if is_rtl else goods.code

    def _stock(self) -> None:
        warehouse = first_warehouse(self.company)
        if warehouse is None:
            return
        for one in self._stocked():
            product = self.products[one.code]
            stock.adjust(product, warehouse, Decimal(one.stock), by=self.by)

    def _stocked(self) -> list[Goods]:
        return [one for one in self.trade.goods if one.kind == "storable"]

    def _prices(self, drawers: dict[str, ProductCategory]) -> Pricelist:
        trade = self.trade
        [found] = lists.create(
            [
                {
                    "name": trade.wholesale,
                    "company": self.company.pk,
                    "currency": self.company.currency,
                    "discount_policy": Pricelist.DiscountPolicy.SHOWN,
                    "sequence": 20,
                }
            ],
            by=self.by,
        )
        furniture = drawers[trade.furniture].pk
        rules.create(
            [
                {
                    "pricelist": found.pk,
                    "computation": PERCENT,
                    "percent": trade.wholesale_percent,
                    "min_quantity": 10,
                },
                {
                    "pricelist": found.pk,
                    "computation": PERCENT,
                    "percent": trade.furniture_percent,
                    "category": furniture,
                },
                {
                    "pricelist": found.pk,
                    "computation": PERCENT,
                    "percent": trade.furniture_percent + 5,
                    "category": furniture,
                    "min_quantity": 50,
                },
            ],
            by=self.by,
        )
        return found

    def _agree(self, wholesale: Pricelist, customers: list[Contact]) -> None:
        """Price list, payment terms and credit of those who buy in bulk."""
        dearest = max(one.price for one in self.trade.goods)
        term = payment_term(self.company)
        minor = 10 ** (0 if self.company.currency == "IRR" else 2)
        CUSTOMER_TERMS.writers.create(
            [
                {
                    "contact": one.pk,
                    "company": self.company.pk,
                    "pricelist": wholesale.pk,
                    "payment_term": term.pk if term else None,
                    "credit_limit": dearest * 20 * minor,
                }
                for one in customers
            ],
            by=self.by,
        )

    def _accounts(self) -> None:
        for code, pattern in self.trade.accounts.items():
            journal = Journal.objects.get(company=self.company, code=code)
            journals.WRITERS.change(
                journal, {"account_number": account(pattern)}, by=self.by
            )

    def _template(self) -> None:
        trade = self.trade
        [template] = templates.create(
            [
                {
                    "name": trade.template,
                    "company": self.company.pk,
                    "validity_days": 15,
                    "terms": trade.terms,
                }
            ],
            by=self.by,
        )
        templates.create_lines(
            [
                {
                    "template": template.pk,
                    "kind": one.kind,
                    "description": one.text,
                    "product": self.products[one.code].pk if one.code else None,
                    "quantity": one.quantity,
                    "is_option": one.is_option,
                }
                for one in trade.template_lines
            ],
            by=self.by,
        )


def payment_term(company: Company) -> PaymentTerm | None:
    """Everything after thirty days, as shipped."""
    found = PaymentTerm.objects.filter(company=company, early_percent=0)
    return found.filter(lines__days=30, lines__percent=100).order_by("sequence").first()


def _units() -> dict[str, Unit]:
    """The shipped units by their English names, in whatever language they are."""
    with translation.override("en"):
        return {str(unit): unit for unit in Unit.objects.all()}
