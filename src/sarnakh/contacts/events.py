"""What rooms above may listen to."""

from django.dispatch import Signal

# changes: contacts with the names of their fields that were written; by. Sent after the
# write, in its transaction.
contacts_changed = Signal()
