"""What this room tells the rooms above."""

from django.dispatch import Signal

# letter: it has left the house.
letter_sent = Signal()
