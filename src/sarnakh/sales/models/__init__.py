"""Quotations, orders, their templates, and terms of customers."""

from sarnakh.sales.models.analysis import SoldLine
from sarnakh.sales.models.customer import CustomerTerms
from sarnakh.sales.models.order import Order, OrderDelivery, OrderLine, OrderOption
from sarnakh.sales.models.promotion import (
    Coupon,
    OrderCode,
    OrderReward,
    PointMove,
    Program,
    ProgramRule,
    Reward,
)
from sarnakh.sales.models.reminder import Reminder
from sarnakh.sales.models.service import ServiceProduct
from sarnakh.sales.models.template import QuotationTemplate, TemplateLine

__all__ = [
    "Coupon",
    "CustomerTerms",
    "Order",
    "OrderCode",
    "OrderDelivery",
    "OrderLine",
    "OrderOption",
    "OrderReward",
    "PointMove",
    "Program",
    "ProgramRule",
    "QuotationTemplate",
    "Reminder",
    "SoldLine",
    "Reward",
    "ServiceProduct",
    "TemplateLine",
]
