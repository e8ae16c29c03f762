"""A database that other processes see too, on either engine."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

import sarnakh
from sarnakh.accounts.models import Company
from sarnakh.jobs.models import Job, Scheduled


@dataclass
class Outside:
    """Starts workers as processes of their own."""

    env: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def work(self, *options: str) -> subprocess.Popen[bytes]:
        """A worker on the same database."""
        command = [sys.executable, "-m", "django", "run_jobs", "--skip-checks"]
        process = subprocess.Popen([*command, *options], env=self.env)
        self.processes.append(process)
        return process


@pytest.fixture
def outside(transactional_db: None, tmp_path: Path) -> Iterator[Outside]:
    """Committed rows, visible to processes; nothing of it stays."""
    env = {
        **os.environ,
        # The real settings: they take the data folder that is given here.
        "DJANGO_SETTINGS_MODULE": "sarnakh.config.settings",
        "PYTHONPATH": os.pathsep.join(
            [str(Path(sarnakh.__file__).parents[1]), *sys.path]
        ),
    }
    if connection.vendor == "sqlite":
        manager = _own_file(tmp_path)
        env["SARNAKH_DATA"] = str(tmp_path)
        env.pop("DATABASE_URL", None)
    else:
        manager = iter([None])
        base = os.environ["DATABASE_URL"].rpartition("/")[0]
        env["DATABASE_URL"] = f"{base}/{connection.settings_dict['NAME']}"
    next(manager)
    started = Outside(env)
    yield started
    for process in started.processes:
        process.kill()
        process.wait()
    next(manager, None)


def _own_file(folder: Path) -> Iterator[None]:
    # The test database may live in memory, which no other process can open.
    old, settings = connections["default"], connections.databases["default"]
    name = settings["NAME"]
    settings["NAME"] = str(folder / "sarnakh.sqlite3")
    connections["default"] = connections.create_connection("default")
    with connection.schema_editor() as editor:
        for model in (Job, Scheduled, Company):
            editor.create_model(model)
    yield
    connection.close()
    settings["NAME"] = name
    connections["default"] = old


def wait_until(is_so: Callable[[], Any], seconds: float = 20) -> None:
    """Look every 50 ms until it is so; fail after `seconds`."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def lines(path: Path) -> list[str]:
    """What the tasks wrote."""
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
