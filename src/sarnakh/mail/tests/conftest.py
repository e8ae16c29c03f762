"""A mail server to send to, and letters to send."""

import email
import email.policy
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.tests.factories import make_actor, make_company
from sarnakh.mail import actions
from sarnakh.mail.models import Letter
from sarnakh.mail.purposes import Recipient

SCRIPT = Path(__file__).with_name("smtp_server.py")


def wait_until(met: Callable[[], Any], seconds: float = 15) -> None:
    """Look again and again."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@dataclass
class Server:
    """A mail server process that can be told how to behave."""

    folder: Path
    process: "subprocess.Popen[bytes] | None" = None
    port: int = 0
    started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self) -> None:
        """Up, at the same port as before."""
        (self.folder / "port").unlink(missing_ok=True)
        if not (self.folder / "mode").exists():
            self.behave("take")
        command = [sys.executable, str(SCRIPT), str(self.folder), str(self.port)]
        self.process = subprocess.Popen(command)
        self.started.append(self.process)
        wait_until((self.folder / "port").exists)
        wait_until(lambda: (self.folder / "port").read_text())
        self.port = int((self.folder / "port").read_text())

    def stop(self) -> None:
        """Down, at once."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def behave(self, mode: str) -> None:
        """From the next step on."""
        (self.folder / "mode").write_text(mode)

    @property
    def taken(self) -> list[EmailMessage]:
        """What it has taken."""
        found = []
        for path in sorted(self.folder.glob("*.eml")):
            _head, _gap, content = path.read_bytes().partition(b"\n\n")
            message = email.message_from_bytes(content, policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            found.append(message)
        return found


@pytest.fixture
def server(tmp_path: Path, settings: Any) -> Iterator[Server]:
    """A running mail server that the settings point at."""
    folder = tmp_path / "smtp"
    folder.mkdir()
    found = Server(folder)
    found.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 1
    settings.DEFAULT_FROM_EMAIL = "sales@azar.example"
    yield found
    found.stop()


@pytest.fixture
def writer(db: None) -> Actor:
    """Somebody who writes letters."""
    company = make_company(name="آذر چوب", mail_domain="azar.example")
    return make_actor(company=company, name="رعنا معتمدی", email="rana@azar.example")


def queue(by: Actor, *recipients: Recipient, **changes: Any) -> list[Letter]:
    """Letters of a simple kind."""
    values: dict[str, Any] = {
        "subject": "پیش‌فاکتور S00079",
        "body": "<p>سلام <b>دنیا</b></p>",
        "company": by.company,
        "language": "fa",
        "by": by,
        **changes,
    }
    people = recipients or (Recipient("buyer@diba.example", "شرکت دیبا"),)
    return actions.queue(people, **values)


def worker(**environment: str) -> "subprocess.Popen[bytes]":
    """A job worker in a process of its own, on the database of the test."""
    from django.conf import settings
    from django.db import connection

    name = connection.settings_dict["NAME"]
    program = (
        "import os, django\n"
        "django.setup()\n"
        "from django.conf import settings\n"
        "from django.db import connections\n"
        f"connections['default'].settings_dict['NAME'] = {str(name)!r}\n"
        f"settings.EMAIL_BACKEND = {settings.EMAIL_BACKEND!r}\n"
        f"settings.EMAIL_HOST, settings.EMAIL_PORT = '127.0.0.1', {settings.EMAIL_PORT}\n"
        "settings.EMAIL_TIMEOUT = 60\n"
        "from sarnakh.jobs import actions as jobs\n"
        "jobs.run_due(lanes=('mail',))\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sarnakh.config.test_settings",
            "PYTHONPATH": str(Path(__file__).parents[3]),
            **environment,
        },
    )
