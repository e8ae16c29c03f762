"""Load a folder of neutral CSV files into the database of the environment.

    python bench/load.py FOLDER

The database must be empty. Rows are written in bulk, yet every stored column is what
the product itself would have written: its own functions compute them.
"""

import argparse
import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import product

product.start()

from django.apps import apps
from django.db import connection, transaction

import contacts
import directory
import leads
import planned
import writing
from sarnakh.activities.models import Activity
from sarnakh.contacts.models import Contact
from sarnakh.crm.models import Lead
from sarnakh.crm.tally import actions as tally
from sarnakh.crm.tally.queries import differences
from sarnakh.discussion.models import Follower, Message
from sarnakh.jobs.connections import close_all
from sarnakh.records.models import Change

BATCH = 2_000
PROCESSES = 2
AHEAD = 6
GROWING = (Contact, Lead, Lead.tags.through, Change, Message, Follower, Activity)
Work = Callable[[list[Any]], contacts.Batch]
_work: Work


def main() -> None:
    """Load everything and say how long each part took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    began = time.monotonic()
    product.migrate()
    print(f"Into {product.database_name()}", flush=True)
    with transaction.atomic():
        known = directory.load(folder)
    around = leads.Around(
        known, contacts.names(folder), planned.earliest(folder, known)
    )
    # Forked processes compute rows, this one writes them: nothing open may be shared.
    close_all()
    with transaction.atomic(), writing.indexes_at_the_end(*GROWING):
        write("contacts", contacts.rows(folder), partial(contacts.batch, known=known))
        write("leads", leads.stories(folder), partial(leads.batch, around=around))
        write("activities", planned.titled(folder), partial(planned.batch, known=known))
        writing.continue_numbering(Contact, Lead, Activity)
        tally.fold()
    settle()
    if wrong := differences():
        raise SystemExit(f"The tally differs from the leads: {wrong[:3]}")
    print(f"All in {time.monotonic() - began:.0f} s; the tally is exact.")


def write(name: str, rows: Iterator[Any], work: Work) -> None:
    """Compute batches in several processes and write them in order."""
    started, done = time.monotonic(), 0
    context = multiprocessing.get_context("fork")
    with context.Pool(PROCESSES, _remember, (work,)) as pool:
        waiting: deque[Any] = deque()
        for batch in writing.batches(rows, BATCH):
            waiting.append((len(batch), pool.apply_async(_compute, (batch,))))
            if len(waiting) > AHEAD:
                done += _put(*waiting.popleft())
                if done % (BATCH * 25) == 0:
                    rate = done / (time.monotonic() - started)
                    print(f"  {name}: {done:,} ({rate:,.0f} a second)", flush=True)
        while waiting:
            done += _put(*waiting.popleft())
    print(f"{name}: {done:,} in {time.monotonic() - started:.1f} s", flush=True)


def _remember(work: Work) -> None:
    """In each process: what to do with the batches that come."""
    global _work
    _work = work


def _compute(batch: list[Any]) -> contacts.Batch:
    return _work(batch)


def _put(count: int, computed: Any) -> int:
    for label, values, with_key in computed.get():
        writing.put(apps.get_model(label), values, with_key=with_key)
    return count


def settle() -> None:
    """What PostgreSQL does by itself where data grows slowly: fresh statistics."""
    if connection.vendor != "postgresql":
        return
    started = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"statistics: {time.monotonic() - started:.1f} s", flush=True)


if __name__ == "__main__":
    main()
