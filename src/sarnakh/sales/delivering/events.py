"""What this bridge tells."""

from django.dispatch import Signal

# order_ids, by: delivered quantities of their lines have changed, in the transaction.
delivered_changed = Signal()
