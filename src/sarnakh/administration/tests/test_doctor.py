"""Each fault is named, with what to do."""

import socket
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from sarnakh.administration.doctor import (
    Level,
    browser,
    database,
    mail,
    queue,
    storage,
)
from sarnakh.administration.doctor.finding import Finding
from sarnakh.jobs.models import Job


def faults(found) -> list[Finding]:
    return [finding for finding in found if finding.level is not Level.FINE]


@pytest.mark.django_db
def test_the_database_of_the_tests_is_sound():
    found = faults(database.examine())
    assert [f.text for f in found if f.level is Level.WRONG and f.is_dangerous] == []


@pytest.mark.django_db
def test_late_and_dead_jobs_are_named():
    Job.objects.create(task="x", run_after=timezone.now() - timedelta(minutes=7))
    Job.objects.create(task="x", state="dead")
    with translation.override("en"):
        late, dead = faults(queue.examine())
    assert late.level is Level.WRONG
    assert "7 minutes" in late.text
    assert "1 job " in dead.text
    assert late.remedy
    assert dead.remedy


def test_an_old_sqlite_is_named(monkeypatch):
    monkeypatch.setattr(database.sqlite3, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setattr(database, "wrong_pragmas", lambda connection: [])
    [old] = faults(database._sqlite())
    assert "pysqlite3" in old.remedy


@pytest.mark.django_db
def test_letters_that_wait_or_failed_are_counted():
    from sarnakh.accounts.tests.factories import make_actor
    from sarnakh.mail.models import Letter
    from sarnakh.mail.tests.conftest import queue

    by = make_actor()
    waiting, failed, _fresh = (queue(by)[0] for _number in range(3))
    long_ago = timezone.now() - timedelta(hours=1)
    Letter.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    Letter.objects.filter(pk=failed.pk).update(state=Letter.State.FAILED)
    with translation.override("en"):
        texts = [finding.text for finding in mail.examine()]
    assert len(texts) == 3
    assert "1" in texts[0]
    assert "1" in texts[1]


@pytest.mark.django_db
def test_a_mail_server_that_is_not_there_is_named(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        [away] = faults(mail.examine())
    assert away.level is Level.WRONG
    assert "127.0.0.1" in away.text


def test_a_network_file_system_keeps_the_server_from_starting(monkeypatch, tmp_path):
    monkeypatch.setattr(storage, "_kind", lambda path: "nfs4")
    monkeypatch.setattr(storage.connection, "vendor", "sqlite")
    [remote] = storage._file_system(tmp_path)
    assert remote.is_dangerous


def test_the_file_system_of_a_path_is_the_one_mounted_nearest(tmp_path):
    assert storage._kind(tmp_path) not in storage.REMOTE
    assert storage._kind(storage.Path("/proc/self")) == "proc"


def test_a_full_disk_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(storage, "LITTLE", 1 << 62)
    [full] = storage._space(tmp_path)
    assert full.level is Level.WRONG


def test_a_folder_that_others_can_read_is_named(tmp_path):
    tmp_path.chmod(0o755)
    [open_door] = faults(storage._permissions(tmp_path))
    assert "chmod 700" in open_door.remedy
    tmp_path.chmod(0o700)
    assert faults(storage._permissions(tmp_path)) == []


def test_missing_browser_files_are_named(settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    [missing] = faults(browser.examine())
    assert "build" in missing.remedy


@pytest.mark.django_db
def test_something_wrong_ends_with_1(settings, tmp_path, capsys):
    settings.STATICFILES_DIRS = [tmp_path]
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1
    assert "wrong" in capsys.readouterr().out
