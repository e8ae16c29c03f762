"""A worker killed in the middle of an import: nothing is lost, nothing comes twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import sarnakh

ROWS = 8_000
SCENE = """
import django; django.setup()
from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.models import Company, User
from sarnakh.exchange import actions
from sarnakh.exchange.options import options_from
from dataclasses import replace
from sarnakh.exchange.options import column_from
from sarnakh.records.types import by_name
company = Company.objects.create(name="Aftab", currency="USD")
user = User.objects.create_user("boss@example.ir", None, name="Boss", company=company,
                                roles=["internal", "sales-manager"])
user.companies.add(company)
by = actor_for(user)
rows = "\\n".join(f"k.{n},Deal {n}" for n in range(%(rows)d))
batch = actions.upload(by_name("leads"), "deals.csv", [b"id,name\\n", rows.encode()], by=by)
actions.decide(batch, [column_from(one) for one in batch.mapping],
               replace(options_from(batch.options), mode="%(mode)s"))
actions.start_run(batch, by=by)
"""


class Outside:
    """Processes of their own on a database file of their own."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "sarnakh.sqlite3"
        self.env = {
            **os.environ,
            "SARNAKH_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "sarnakh.config.settings",
            "PYTHONPATH": os.pathsep.join(
                [str(Path(sarnakh.__file__).parents[1]), *sys.path]
            ),
        }
        self.env.pop("DATABASE_URL", None)
        self.processes: list[subprocess.Popen[bytes]] = []

    def run(self, *command: str) -> None:
        subprocess.run([sys.executable, *command], env=self.env, check=True)

    def worker(self, *options: str) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            "django",
            "run_jobs",
            "--skip-checks",
            *options,
        ]
        process = subprocess.Popen(command, env=self.env)
        self.processes.append(process)
        return process

    def look(self, statement: str, *values: Any) -> Any:
        connection = sqlite3.connect(self.path, timeout=20)
        try:
            with connection:
                return connection.execute(statement, values).fetchone()
        finally:
            connection.close()

    @property
    def batch(self) -> tuple[str, int, int]:
        found: tuple[str, int, int] = self.look(
            "SELECT state, position, created FROM exchange_importbatch"
        )
        return found


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    outside = Outside(folder)
    outside.run("-m", "django", "migrate", "--skip-checks", "-v0")
    return folder


@pytest.fixture
def outside(migrated: Path, tmp_path: Path) -> Iterator[Outside]:
    found = Outside(tmp_path)
    source = sqlite3.connect(migrated / "sarnakh.sqlite3")
    target = sqlite3.connect(found.path)
    source.backup(target)
    source.close()
    target.close()
    yield found
    for process in found.processes:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], Any], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def lease_ends(outside: Outside) -> None:
    """Five minutes later."""
    outside.look("UPDATE jobs_job SET lease_until = '2020-01-01 00:00:00'")


def leads(outside: Outside) -> tuple[int, int]:
    found: tuple[int, int] = outside.look(
        "SELECT count(*), count(DISTINCT name) FROM crm_lead"
    )
    return found


def test_a_killed_run_goes_on_behind_its_last_batch(outside: Outside) -> None:
    outside.run("-c", SCENE % {"rows": ROWS, "mode": "skip"})
    worker = outside.worker()
    wait_until(lambda: outside.batch[1] >= 2_000)
    kill(worker)
    state, position, created = outside.batch
    assert state == "running"
    assert 0 < position < ROWS
    assert leads(outside) == (position, position) == (created, created)

    lease_ends(outside)
    outside.worker("--once").wait()
    assert outside.batch == ("done", ROWS, ROWS)
    assert leads(outside) == (ROWS, ROWS)
    rows = outside.look(
        "SELECT count(*), count(DISTINCT row) FROM exchange_importedrow"
    )
    assert rows == (ROWS, ROWS)


def test_a_killed_all_or_nothing_run_has_left_nothing(outside: Outside) -> None:
    outside.run("-c", SCENE % {"rows": ROWS, "mode": "all"})
    worker = outside.worker()
    told = next(iter((outside.path.parent / "exchange").iterdir())) / "progress.json"
    wait_until(told.exists)
    kill(worker)
    assert outside.batch == ("running", 0, 0)
    assert leads(outside) == (0, 0)

    lease_ends(outside)
    outside.worker("--once").wait()
    assert outside.batch == ("done", ROWS, ROWS)
    assert leads(outside) == (ROWS, ROWS)
