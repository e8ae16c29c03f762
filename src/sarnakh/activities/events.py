"""What rooms above may listen to."""

from django.dispatch import Signal

# record_type_name, record_ids: their open activities are others now; sent after the
# write, in its transaction. `queries.earliest` tells what to show.
activities_changed = Signal()
