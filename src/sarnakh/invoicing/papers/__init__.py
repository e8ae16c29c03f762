"""Data of invoices, statements and receipts for `printing`."""
