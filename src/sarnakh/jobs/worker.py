"""The loop that empties the lanes until it is told to stop."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable
from types import FrameType
from typing import Any

from django.db import DatabaseError, close_old_connections, connections
from django.db.backends.signals import connection_created
from django.db.utils import InterfaceError

from sarnakh.jobs import actions, leases, queries, schedule
from sarnakh.jobs.connections import drop_pools
from sarnakh.jobs.execution import Running, run
from sarnakh.jobs.limits import GRACE, HOARDING, LEASE, POLL
from sarnakh.jobs.models import Job

logger = logging.getLogger(__name__)

# Asks whoever started us for a new worker.
TRY_AGAIN = 75
SWEEP = 60.0


class Lane:
    """One lane and the thread that works in it while there is work.

    The thread ends, and gives its connection back, when the lane is empty.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.thread: threading.Thread | None = None
        self.running: Running | None = None
        self.pending: list[Job] = []
        self.is_stopping = False

    @property
    def is_busy(self) -> bool:
        """Whether a thread is at work."""
        return self.thread is not None and self.thread.is_alive()

    def wake(self) -> None:
        """Start working unless already at it."""
        if not self.is_busy and queries.is_due(self.name):
            name = f"lane-{self.name}"
            self.thread = threading.Thread(target=self._drain, name=name, daemon=True)
            self.thread.start()

    def share(self) -> None:
        """Give waiting jobs back when the present one takes its time."""
        running, pending = self.running, list(self.pending)
        if running and pending and time.monotonic() - running.since > HOARDING:
            leases.release(pending)
            self.pending.clear()

    def _drain(self) -> None:
        try:
            while not self.is_stopping:
                self.pending = actions.claim(self.name)
                if not self.pending:
                    return
                while self.pending and not self.is_stopping:
                    run(self.pending.pop(0), watch=self._watch)
                    self.running = None
                leases.release(self.pending)
        except (DatabaseError, InterfaceError) as error:
            # The leases run out by themselves; the loop tries again.
            logger.error("lane %s lost its database: %s", self.name, error)  # noqa: TRY400, RUF100
        finally:
            self.running = None
            connections.close_all()

    def _watch(self, running: Running) -> None:
        self.running = running


class Worker:
    """Looks at the lanes, the schedule and the clock in the main thread."""

    def __init__(self, lanes: Iterable[str], parent: int | None = None) -> None:
        self.lanes = [Lane(name) for name in lanes]
        self.parent = parent
        self.is_stopping = False
        self.swept = float("-inf")

    def work(self) -> None:
        """Work until SIGTERM, SIGINT, or the death of the parent process."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        drop_pools()
        connection_created.connect(limit_statements)
        is_away = False
        while not self.is_stopping:
            try:
                self._tick()
                is_away = False
            except (DatabaseError, InterfaceError) as error:
                if not is_away:
                    logger.error("the queue cannot be read: %s", error)  # noqa: TRY400, RUF100
                is_away = True
                close_old_connections()
            time.sleep(POLL)
        self._wind_down()

    def _tick(self) -> None:
        if self.parent is not None and os.getppid() != self.parent:
            self.is_stopping = True
            return
        self._look_for_the_silent()
        schedule.tick()
        if time.monotonic() - self.swept > SWEEP:
            actions.sweep()
            self.swept = time.monotonic()
        for lane in self.lanes:
            lane.share()
            lane.wake()

    def _look_for_the_silent(self) -> None:
        """A job that hangs cannot be stopped from outside: leave with it."""
        limit = LEASE.total_seconds()
        for lane in self.lanes:
            running = lane.running
            if running and time.monotonic() - running.seen > limit:
                job = running.job
                logger.critical("job %s (%s) hangs; starting anew", job.pk, job.task)
                leases.fail(job, "No sign of life within the lease.")
                _leave(TRY_AGAIN)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def _wind_down(self) -> None:
        for lane in self.lanes:
            lane.is_stopping = True
        end = time.monotonic() + GRACE
        while time.monotonic() < end and any(lane.is_busy for lane in self.lanes):
            time.sleep(0.05)
        for lane in self.lanes:
            running = lane.running
            if lane.is_busy and running:
                leases.interrupt(running.job)
        connections.close_all()
        _leave(0)


def limit_statements(connection: Any, **kwargs: Any) -> None:
    """Jobs may think longer than pages, but not for ever."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '10min'")


def _leave(code: int) -> None:
    """End at once: threads that still run are cut off, their work rolled back."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
