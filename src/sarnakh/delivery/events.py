"""What rooms above may listen to."""

from django.dispatch import Signal

# delivery_ids, by: before their rows are locked. Who keeps rows of their own that
# follow deliveries locks those here, so that everybody locks in the same order.
deliveries_changing = Signal()

# delivery_ids, by: after a change of state or quantities, in its transaction. Whoever
# has a delivery made knows of it; for a new one this is not sent.
deliveries_changed = Signal()

# delivery, into, moves (new move id by the id of the move that it goes on from), by:
# the rest became a backorder, or goods are coming back.
delivery_continued = Signal()

# delivery, left (pairs of a move and the quantity that will not come), by.
remainder_cancelled = Signal()
