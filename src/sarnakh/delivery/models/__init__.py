"""Deliveries, stock and shipping methods."""

from sarnakh.delivery.models.delivery import Delivery, LateReminder, Move
from sarnakh.delivery.models.shipping import ShippingMethod, ShippingRule
from sarnakh.delivery.models.stock import StockLevel, Warehouse

__all__ = [
    "Delivery",
    "LateReminder",
    "Move",
    "ShippingMethod",
    "ShippingRule",
    "StockLevel",
    "Warehouse",
]
