"""The commands of an operator, as processes on an installation of their own."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

import sarnakh

STATIC = Path(settings.STATICFILES_DIRS[0]) / "app.js"
pytestmark = pytest.mark.skipif(
    not STATIC.exists(), reason="the browser files have not been built"
)

WRONG = [("nothing", "os.getcwd", timedelta(hours=1))]


class Installation:
    """A data folder of its own, on SQLite."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.started: list[subprocess.Popen[str]] = []
        self.database = data / "sarnakh.sqlite3"
        source = str(Path(sarnakh.__file__).parents[1])
        self.env = {
            **os.environ,
            # The real settings: the test's own would make a new data folder.
            "DJANGO_SETTINGS_MODULE": "sarnakh.config.settings",
            "SARNAKH_DATA": str(data),
            "PYTHONPATH": os.pathsep.join([source, *sys.path]),
        }
        for name in ("DATABASE_URL", "SARNAKH_ADDRESS"):
            self.env.pop(name, None)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self, *words: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "django", *words],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def serve(self) -> "tuple[subprocess.Popen[str], str]":
        """A server that answers, and what it printed until then."""
        process = self.start("serve", f"--port={self.port}")
        text = ""
        for line in process.stdout:
            text += line
            if "answers at" in line:
                return process, text
        raise AssertionError(text)

    def run(self, *words: str) -> tuple[int, str]:
        process = self.start(*words)
        text, _ = process.communicate(timeout=60)
        return process.returncode, text

    def status(self, path: str) -> int:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        asked.request("GET", path)
        return asked.getresponse().status


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Iterator[Installation]:
    """Made by a first start of the server."""
    made = Installation(tmp_path_factory.mktemp("data"))
    process, _text = made.serve()
    process.terminate()
    process.communicate(timeout=30)
    yield made
    for process in made.started:
        # The children of a killed server follow it.
        process.kill()
        process.communicate()


def children(process: "subprocess.Popen[str]") -> list[int]:
    # Children belong to the thread that started them.
    lists = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(number) for path in lists for number in path.read_text().split()]


def test_a_start_answers_offers_the_link_and_stops_cleanly(installation):
    process, text = installation.serve()
    assert f"http://127.0.0.1:{installation.port}" in text
    link = process.stdout.readline() + process.stdout.readline()
    assert re.search(rf"http://127\.0\.0\.1:{installation.port}/\S{{20,}}", link)
    assert installation.status("/healthz") == 200
    assert installation.status("/readyz") == 200

    started = children(process)
    assert len(started) == 2
    os.killpg(process.pid, signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert rest.strip() == "Stopped."
    assert not any(Path(f"/proc/{number}").exists() for number in started)
    with pytest.raises(ConnectionRefusedError):
        installation.status("/healthz")


def test_a_killed_server_leaves_no_children(installation):
    process, _text = installation.serve()
    started = children(process)
    process.kill()
    process.wait()
    end = time.monotonic() + 10
    while any(Path(f"/proc/{number}").exists() for number in started):
        assert time.monotonic() < end
        time.sleep(0.1)


def test_killed_children_are_replaced(installation):
    process, _text = installation.serve()
    before = children(process)
    for number in before:
        os.kill(number, signal.SIGKILL)
    end = time.monotonic() + 15
    while len(set(children(process)) - set(before)) < 2:
        assert time.monotonic() < end
        time.sleep(0.1)
    assert installation.status("/healthz") == 200
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_a_taken_port_is_said_clearly(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        code, text = installation.run("serve", f"--port={installation.port}")
    assert code == 1
    assert f"Port {installation.port}" in text
    assert "--port" in text
    assert "Traceback" not in text


def test_the_doctor_finds_nothing_wrong(installation):
    code, text = installation.run("doctor")
    assert code == 0, text
    assert "SQLite" in text


def test_a_restore_brings_back_what_was_lost_but_not_under_a_running_server(
    installation,
):
    code, text = installation.run("backup")
    assert code == 0, text
    [path] = (installation.data / "backups").glob("*.tar")
    database = sqlite3.connect(installation.database)
    database.execute("DELETE FROM django_content_type")
    database.commit()

    code, text = installation.run("restore", str(path))
    assert code == 1, "our own connection is still open"
    assert "stop the server" in text
    database.close()

    code, text = installation.run("restore", str(path))
    assert code == 0, text
    database = sqlite3.connect(installation.database)
    [count] = database.execute("SELECT count(*) FROM django_content_type").fetchone()
    assert count > 0
    database.close()
    assert list(installation.data.glob("before-restore-*/sarnakh.sqlite3"))


def test_a_database_of_a_newer_version_is_not_touched(installation):
    database = sqlite3.connect(installation.database)
    insert = "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)"
    database.execute(insert, ("jobs", "9999_future", "2030-01-01"))
    database.commit()
    code, text = installation.run("serve", f"--port={installation.port}")
    database.execute("DELETE FROM django_migrations WHERE name = '9999_future'")
    database.commit()
    database.close()
    assert code == 1
    assert "newer version" in text


def test_contradicting_settings_keep_the_server_from_starting(installation):
    code = (
        "import sys, django; django.setup();"
        "from django.conf import settings;"
        "settings.SCHEDULE = 'sarnakh.administration.tests.test_serving.WRONG';"
        "from django.core.management import execute_from_command_line as run;"
        f"run(['', 'serve', '--port={installation.port}'])"
    )
    process = subprocess.run(
        [sys.executable, "-c", code],
        env=installation.env,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert process.returncode == 1
    assert "jobs.E003" in process.stderr
