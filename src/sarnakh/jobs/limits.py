"""How long, how often and how many: the numbers of the queue."""

from datetime import timedelta

# Lane name -> how many jobs one claim takes. Big jobs are taken one by one.
LANES = {"default": 10, "mail": 10, "imports": 1}

# A job that gives no sign of life for this long is given to another worker.
LEASE = timedelta(minutes=5)
ATTEMPTS = 5

# Seconds between two looks into an empty queue.
POLL = 0.5
# Seconds after which jobs claimed together are given back to idle workers.
HOARDING = 2.0
# Seconds that running jobs get to finish when the worker is asked to stop.
GRACE = 20.0

KEEP_DONE = timedelta(days=7)
KEEP_DEAD = timedelta(days=30)

# Longer than any start-up, shorter than anybody's patience.
LATE = timedelta(minutes=5)
ERROR_LENGTH = 8_000
