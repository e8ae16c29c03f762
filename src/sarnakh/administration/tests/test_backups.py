"""Backups: made while in use, checked, thinned out."""

import stat
import tarfile
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.administration.backup import actions, archive
from sarnakh.administration.backup.retention import DAYS, WEEKS, superfluous
from sarnakh.jobs.models import Job

NOW = datetime(2026, 3, 10, 2, 30, tzinfo=UTC)


@pytest.fixture
def data(transactional_db, settings, tmp_path):
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "letter").write_bytes(b"salaam")
    return tmp_path


def test_a_backup_holds_database_files_and_manifest_for_its_owner_only(data, tmp_path):
    Job.objects.create(task="kept")
    path = actions.back_up(NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    into = tmp_path / "into"
    manifest = archive.unpack(path, into)
    assert ["jobs", "0001_queue"] in manifest.migrations
    assert (into / "files/letter").read_bytes() == b"salaam"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_flipped_bit_and_a_short_file_are_found(data, tmp_path):
    path = actions.back_up(NOW)
    whole = bytearray(path.read_bytes())
    with tarfile.open(path) as tar:
        at = tar.getmember(archive.DATABASE).offset_data + 40
    torn = whole.copy()
    torn[at] ^= 1
    for text in (torn, whole[: len(whole) // 2], b"nonsense"):
        path.write_bytes(text)
        with pytest.raises(archive.Damaged):
            archive.unpack(path, tmp_path / f"into{len(text)}")


def test_a_backup_that_fails_leaves_nothing_and_removes_nothing(data, monkeypatch):
    old = [actions.back_up(NOW - timedelta(days=n)) for n in (40, 30)]

    def fail(copy):
        raise actions.Impossible("damaged")

    monkeypatch.setattr(actions.engines, "check", fail)
    with pytest.raises(actions.Impossible):
        actions.back_up(NOW)
    assert sorted(actions.folder().iterdir()) == sorted(old)


def test_too_little_room_makes_no_backup(data, monkeypatch):
    usage = actions.shutil.disk_usage(data)._replace(free=1000)
    monkeypatch.setattr(actions.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(actions.Impossible):
        actions.back_up(NOW)


@given(st.sets(st.integers(0, 24 * 120), max_size=60))
def test_the_newest_of_seven_days_and_four_weeks_stay(hours):
    made = sorted(((NOW - timedelta(hours=n), n) for n in hours), reverse=True)
    gone = superfluous(made)
    kept = [pair for pair in made if pair not in gone]
    assert len(kept) <= DAYS + WEEKS
    assert made[:1] == kept[:1]
    days = list(dict.fromkeys(at.date() for at, _n in made))[:DAYS]
    assert {at.date() for at, _n in kept} >= set(days)
