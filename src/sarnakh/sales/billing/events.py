"""What invoicing tells about orders."""

from django.dispatch import Signal

# order, by: more was delivered than ordered, and all that was ordered is invoiced.
upselling_found = Signal()
