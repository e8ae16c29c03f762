"""What rooms above may listen to."""

from django.dispatch import Signal

# contact, changed (names of the fields), by: after the write, in its transaction.
contact_changed = Signal()
