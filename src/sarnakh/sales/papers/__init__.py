"""Data of quotations and orders for `printing`."""
