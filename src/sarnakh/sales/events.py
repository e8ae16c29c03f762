"""What rooms above and the bridges of this one may listen to.

All are sent inside the transaction of the write, after it: a receiver that refuses
undoes the whole.
"""

from django.dispatch import Signal

# order, by: it has just become a sales order.
order_confirmed = Signal()
# order, was (the state before), by.
order_cancelled = Signal()
# order, by: a quotation again.
order_reset = Signal()
# order, fields (names of the header), added (lines), changed (lines with their old
# quantity: [(line, Decimal)]), removed (lines, no longer stored), by.
order_changed = Signal()
