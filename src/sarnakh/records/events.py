"""What rooms above may listen to."""

from django.dispatch import Signal

# record_type_name, record_ids: gone; sent after the deletion, in its transaction.
records_deleted = Signal()
