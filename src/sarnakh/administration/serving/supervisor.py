"""One process that keeps the web workers and the job worker alive."""

import contextlib
import gc
import http.client
import importlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from sarnakh.jobs.connections import close_all
from sarnakh.jobs.limits import GRACE, LANES

logger = logging.getLogger(__name__)

# A running request may take 30 seconds.
STOP_AFTER = 35
MEMORY_MB = 512
# Seconds between two starts of a job worker that ends at once.
RESTART = 5.0
# A server that falls this often, each time within so many seconds, is left alone.
FALLS = 5
QUICK = 10.0
PAUSE = 1.0


class Supervisor:
    """Starts, watches and stops the children; its own process stays idle.

    All children are forks of this process, which has loaded everything: they start
    at once and share its memory.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        workers: int,
        threads: int,
        has_jobs: bool,
        on_answer: Callable[[], None],
    ) -> None:
        self.host, self.port = host, port
        self.workers, self.threads = workers, threads
        self.has_jobs = has_jobs
        self.on_answer = on_answer
        self.jobs: Any = None
        self.is_stopping = False
        self.server = self._make_server()

    def run(self) -> None:
        """Serve until SIGINT, SIGTERM or SIGHUP; returns when all children ended.

        Raises SystemExit when the web workers keep dying right after their start.
        """
        if sys.platform == "linux":
            multiprocessing.set_start_method("fork", force=True)
        warm_up()
        falls = 0
        while True:
            started = time.monotonic()
            try:
                self._serve()
                return
            except SystemExit:
                # The server gives up when a worker dies twice within seconds, as it
                # does when somebody keeps killing it.
                is_quick = time.monotonic() - started < QUICK
                falls = falls + 1 if is_quick else 1
                if self.server.interrupt_signal or falls >= FALLS:
                    raise
            time.sleep(PAUSE)
            if self.server.interrupt_signal:
                return
            self.server = self._make_server()

    def _make_server(self) -> Any:
        return Server(
            target="sarnakh.config.wsgi:application",
            address=self.host,
            port=self.port,
            interface=Interfaces.WSGI,
            workers=self.workers,
            blocking_threads=self.threads,
            websockets=False,
            log_level=LogLevels.error,
            log_access=False,
            respawn_failed_workers=True,
            respawn_interval=0.5,
            workers_kill_timeout=STOP_AFTER,
            workers_max_rss=MEMORY_MB,
        )

    def _serve(self) -> None:
        self.is_stopping = False
        self.server.on_startup(self._start_beside)
        self.server.on_shutdown(self._stop_beside)
        loader = partial(load_application, os.getpid())
        self.server.serve(target_loader=loader, wrap_loader=False)

    def _start_beside(self) -> None:
        # Closing the terminal must stop the server, not reload it.
        with contextlib.suppress(AttributeError):
            signal.signal(signal.SIGHUP, self.server.signal_handler_interrupt)
        if self.has_jobs:
            self._start_jobs()
            threading.Thread(target=self._keep_jobs, daemon=True).start()
        threading.Thread(target=self._announce, daemon=True).start()

    def _start_jobs(self) -> None:
        self.jobs = multiprocessing.Process(
            target=work, args=(os.getpid(),), name="jobs"
        )
        self.jobs.start()

    def _keep_jobs(self) -> None:
        while True:
            started = time.monotonic()
            self.jobs.join()
            if self.is_stopping:
                return
            logger.error("the job worker ended (%s); starting anew", self.jobs.exitcode)
            time.sleep(max(0.0, RESTART - (time.monotonic() - started)))
            if self.is_stopping:
                return
            self._start_jobs()

    def _stop_beside(self) -> None:
        self.is_stopping = True
        if self.jobs is None:
            return
        self.jobs.terminate()
        self.jobs.join(GRACE + 5)
        if self.jobs.is_alive():
            self.jobs.kill()

    def _announce(self) -> None:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        while not self.is_stopping:
            try:
                asked = http.client.HTTPConnection(host, self.port, timeout=2)
                asked.request("GET", "/healthz", headers={"Host": "localhost"})
                asked.getresponse().read()
                asked.close()
            except OSError:
                time.sleep(0.02)
            else:
                self.on_answer()
                return


def warm_up() -> None:
    """Load what every child needs, once, and leave nothing open that forks share."""
    importlib.import_module(settings.WSGI_APPLICATION.rpartition(".")[0])
    _ = get_resolver().url_patterns
    # No connection, and no pool with its threads, may cross a fork.
    close_all()
    gc.collect()
    # Moves everything out of the collector's sight, so that the pages stay shared.
    gc.freeze()


def load_application(parent: int) -> Any:
    """The WSGI application, inside a web worker; ends with its parent."""
    leave_terminal()
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    path, _dot, name = settings.WSGI_APPLICATION.rpartition(".")
    return getattr(importlib.import_module(path), name)


def work(parent: int) -> None:
    """The job worker, inside its process."""
    from sarnakh.jobs.worker import Worker

    leave_terminal()
    Worker(LANES, parent=parent).work()


def leave_terminal() -> None:
    """Ctrl-C reaches the parent only, which then stops its children in order."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()


def end_with(parent: int) -> None:
    """Without this, a killed parent would leave a worker that holds the port."""
    while os.getppid() == parent:
        time.sleep(2)
    os.kill(os.getpid(), signal.SIGTERM)
