"""Promotions: programs with conditions and rewards, coupons, and what orders use."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product, ProductCategory
from sarnakh.contacts.models import Contact
from sarnakh.lib.money import CURRENCIES
from sarnakh.pricing.models import Pricelist
from sarnakh.records.fields import FixedField, MoneyField, NameField
from sarnakh.records.models import Record


class Program(Record):
    """An offer: who fulfils a rule gets points, and points buy rewards.

    Amounts of its rules and rewards stand in its own currency.
    """

    class Type(models.TextChoices):
        COUPONS = "coupons", _("Coupons")
        PROMOTION = "promotion", _("Promotion")
        CODE = "code", _("Discount code")
        BUY_X_GET_Y = "buy-x-get-y", _("Buy X get Y")
        NEXT_ORDER = "next-order", _("Coupon for the next order")
        LOYALTY = "loyalty", _("Loyalty card")
        GIFT_CARD = "gift-card", _("Gift card")
        WALLET = "wallet", _("Wallet")

    class Trigger(models.TextChoices):
        AUTO = "auto", _("Automatic")
        CODE = "code", _("With a code")

    class Applies(models.TextChoices):
        CURRENT = "current", _("The same order")
        FUTURE = "future", _("Later orders")
        BOTH = "both", _("The same and later orders")

    name = NameField(pgettext_lazy("promotions", "Program"), max_length=120)
    type = models.CharField(
        pgettext_lazy("promotions", "Type"),
        max_length=11,
        choices=Type,
        default=Type.PROMOTION,
    )
    trigger = models.CharField(
        _("Trigger"), max_length=4, choices=Trigger, default=Trigger.AUTO
    )
    applies = models.CharField(
        _("Points are for"), max_length=7, choices=Applies, default=Applies.CURRENT
    )
    company = models.ForeignKey(
        Company,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Company"),
    )
    currency = models.CharField(
        _("Currency"),
        max_length=3,
        default="IRR",
        choices=[(code, code) for code in CURRENCIES],
    )
    pricelists = models.ManyToManyField(
        Pricelist, blank=True, related_name="+", verbose_name=_("Price lists")
    )
    starts_on = models.DateField(_("First day"), null=True, blank=True)
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    # So many orders may carry a reward of it; 0: any number.
    usage_limit = models.PositiveIntegerField(_("At most so many orders"), default=0)
    # Coupons that an order brings hold for so long; 0: for ever.
    coupon_days = models.PositiveIntegerField(
        _("Days that its coupons are valid"), default=0
    )
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Promotion program")
        verbose_name_plural = _("Promotion programs")
        ordering = ("sequence", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def is_nominative(self) -> bool:
        """Whether every customer has one card of it."""
        return self.type in {self.Type.LOYALTY, self.Type.WALLET}

    @property
    def is_payment(self) -> bool:
        """Whether its points are money that pays an order."""
        return self.type in {self.Type.GIFT_CARD, self.Type.WALLET}


class ProgramRule(Record):
    """What an order must have, and the points it gets for that."""

    class Per(models.TextChoices):
        ORDER = "order", _("For each order")
        MONEY = "money", _("For each unit of money spent")
        UNIT = "unit", _("For each unit bought")

    program = models.ForeignKey(
        Program,
        models.CASCADE,
        related_name="rules",
        verbose_name=pgettext_lazy("promotions", "Program"),
    )
    # Either of them; nothing: every product.
    products = models.ManyToManyField(
        Product, blank=True, related_name="+", verbose_name=_("Products")
    )
    categories = models.ManyToManyField(
        ProductCategory, blank=True, related_name="+", verbose_name=_("Categories")
    )
    minimum_quantity = FixedField(_("Minimum quantity"), default=Decimal(1))
    minimum_amount = MoneyField(_("Minimum purchase"))
    includes_tax = models.BooleanField(_("Tax included"), default=True)
    points = FixedField(_("Points"), places=2, default=Decimal(1))
    per = models.CharField(
        _("Points are given"), max_length=5, choices=Per, default=Per.ORDER
    )
    code = models.CharField(_("Code"), max_length=40, blank=True, default="")
    # Of programs for later orders: one coupon for each unit bought.
    splits = models.BooleanField(_("One coupon per unit"), default=False)

    class Meta:
        verbose_name = _("Promotion rule")
        verbose_name_plural = _("Promotion rules")
        ordering = ("program", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("code",), condition=~Q(code=""), name="promotion_code_unique"
            ),
        )

    def __str__(self) -> str:
        return self.code or f"{self.program} #{self.pk}"


class Reward(Record):
    """What points buy: a discount, a product, or the sending."""

    class Kind(models.TextChoices):
        DISCOUNT = "discount", _("Discount")
        PRODUCT = "product", _("Free product")
        SHIPPING = "shipping", _("Free shipping")

    class Mode(models.TextChoices):
        PERCENT = "percent", _("Per cent")
        ORDER = "order", _("Amount per order")
        POINT = "point", _("Amount per point")

    class Scope(models.TextChoices):
        ORDER = "order", _("The whole order")
        CHEAPEST = "cheapest", _("The cheapest product")
        SPECIFIC = "specific", _("Certain products")

    program = models.ForeignKey(
        Program,
        models.CASCADE,
        related_name="rewards",
        verbose_name=pgettext_lazy("promotions", "Program"),
    )
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    kind = models.CharField(
        pgettext_lazy("promotions", "Reward"),
        max_length=8,
        choices=Kind,
        default=Kind.DISCOUNT,
    )
    description = models.CharField(
        _("Text on the order"), max_length=200, blank=True, default=""
    )
    mode = models.CharField(
        _("Discount in"), max_length=7, choices=Mode, default=Mode.PERCENT
    )
    scope = models.CharField(
        _("Discount on"), max_length=8, choices=Scope, default=Scope.ORDER
    )
    percent = FixedField(_("Discount (%)"), places=2, default=Decimal(0))
    amount = MoneyField(_("Amount"))
    # Tax included; 0: no limit.
    max_amount = MoneyField(_("At most"))
    # That are free, or that the discount is for.
    products = models.ManyToManyField(
        Product, blank=True, related_name="+", verbose_name=_("Products")
    )
    categories = models.ManyToManyField(
        ProductCategory, blank=True, related_name="+", verbose_name=_("Categories")
    )
    quantity = FixedField(_("Free quantity"), default=Decimal(1))
    required_points = FixedField(_("Points needed"), places=2, default=Decimal(1))
    clears_points = models.BooleanField(_("Uses up all points"), default=False)

    class Meta:
        verbose_name = pgettext_lazy("promotions", "Reward")
        verbose_name_plural = pgettext_lazy("promotions", "Rewards")
        ordering = ("program", "sequence", "id")

    def __str__(self) -> str:
        return self.description or self.get_kind_display()


class Coupon(Record):
    """A code, or a customer's card, that holds points.

    Points change when an order is confirmed, changed or cancelled, not by hand.
    """

    program = models.ForeignKey(
        Program,
        models.PROTECT,
        related_name="coupons",
        verbose_name=pgettext_lazy("promotions", "Program"),
    )
    code = models.CharField(_("Code"), max_length=40, unique=True)
    points = FixedField(_("Points"), places=2, default=Decimal(1))
    expires_on = models.DateField(_("Valid until"), null=True, blank=True)
    customer = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Customer"),
    )
    # The order that brought it.
    order = models.ForeignKey(
        "sales.Order",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="coupons",
        verbose_name=_("Order"),
    )
    # The one card of its customer.
    is_card = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("Coupon")
        verbose_name_plural = _("Coupons")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(points__gte=0), name="coupon_points_not_negative"
            ),
            models.UniqueConstraint(
                fields=("program", "customer"),
                condition=Q(is_card=True),
                name="coupon_one_card",
            ),
        )

    def __str__(self) -> str:
        return self.code


class OrderCode(models.Model):
    """A code that was entered on an order: of a rule, or of a coupon."""

    order = models.ForeignKey("sales.Order", models.CASCADE, related_name="codes")
    rule = models.ForeignKey(
        ProgramRule, models.CASCADE, null=True, related_name="used_codes"
    )
    coupon = models.ForeignKey(
        Coupon, models.PROTECT, null=True, related_name="used_codes"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("order", "rule"),
                condition=Q(rule__isnull=False),
                name="order_code_rule_once",
            ),
            models.UniqueConstraint(
                fields=("order", "coupon"),
                condition=Q(coupon__isnull=False),
                name="order_code_coupon_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.coupon or self.rule)


class OrderReward(models.Model):
    """A reward that an order uses; its lines point here."""

    order = models.ForeignKey("sales.Order", models.CASCADE, related_name="rewards")
    reward = models.ForeignKey(Reward, models.PROTECT, related_name="used")
    # How it came: none for automatic programs.
    entry = models.ForeignKey(
        OrderCode, models.CASCADE, null=True, related_name="rewards"
    )
    # The one that was chosen where several are free.
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    points = FixedField(places=2, default=Decimal(0))

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.order} {self.reward}"


class PointMove(models.Model):
    """By how much an order has changed the points of a coupon, in sum."""

    order = models.ForeignKey("sales.Order", models.CASCADE, related_name="point_moves")
    coupon = models.ForeignKey(Coupon, models.CASCADE, related_name="moves")
    points = FixedField(places=2, default=Decimal(0))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("order", "coupon"), name="point_move_once"),
        )

    def __str__(self) -> str:
        return f"{self.coupon} {self.points}"
