"""From orders to invoices: quantities, advances, and what remains."""
