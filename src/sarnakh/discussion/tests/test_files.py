"""Files: what they are called, what they are, how they are kept and served."""

import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from sarnakh.accounts.actor import actor_for
from sarnakh.crm.types import LEADS
from sarnakh.discussion import actions, files
from sarnakh.discussion.tests.scene import Scene
from sarnakh.discussion.uploads import UNKNOWN, clean_name, media_type
from sarnakh.records.models import StoredFile

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\x.pdf", "x.pdf"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("\u2066نام\u2069.pdf", "نام.pdf"),
        ("می\u200cشود.pdf", "می\u200cشود.pdf"),
        ("line\nbreak\0.txt", "linebreak.txt"),
        (".htaccess", "htaccess"),
        ("..", "file"),
        ("", "file"),
    ],
)
def test_names_lose_what_is_dangerous(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("ب" * 300 + ".xlsx")
    assert len(name) == 150
    assert name.endswith(".xlsx")


@pytest.mark.parametrize(
    ("name", "beginning", "kind"),
    [
        ("a.png", PNG, "image/png"),
        ("a.PNG", PNG, "image/png"),
        ("a.png", b"<svg onload=alert(1)>", UNKNOWN),
        ("a.svg", b"<svg>", UNKNOWN),
        ("a.html", b"<html>", UNKNOWN),
        ("a.js", b"alert(1)", UNKNOWN),
        ("a.exe", b"MZ", UNKNOWN),
        ("a.png.html", PNG, UNKNOWN),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        ("a.webp", b"RIFF\0\0\0\0WAVE", UNKNOWN),
        ("a.pdf", b"%PDF-1.7", "application/pdf"),
        ("a.txt", b"hello", "text/plain; charset=utf-8"),
        ("a.txt", b"\0\1", UNKNOWN),
        ("png", PNG, UNKNOWN),
    ],
)
def test_kind_follows_name_and_content(name: str, beginning: bytes, kind: str) -> None:
    assert media_type(name, beginning) == kind


def post_file(
    scene: Scene, name: str, content: bytes, kind: str = "note"
) -> StoredFile:
    upload = SimpleUploadedFile(name, content)
    actions.post(scene.lead, LEADS, kind, "", files=[upload], by=scene.by)
    return StoredFile.objects.latest("pk")


def stored() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_equal_files_are_kept_once_and_only_for_us(scene: Scene) -> None:
    first = post_file(scene, "a.png", PNG)
    second = post_file(scene, "b.png", PNG)
    assert first.digest == second.digest
    [path] = stored()
    assert path.name == first.digest
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == PNG
    assert (first.name, first.size, first.media_type) == ("a.png", 38, "image/png")


def test_a_file_too_large_is_refused_whole(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LIMIT", 10)
    with pytest.raises(files.TooLarge):
        post_file(scene, "a.png", PNG)
    assert not StoredFile.objects.exists()
    assert stored() == []


def test_too_many_files_are_refused(scene: Scene) -> None:
    many = [SimpleUploadedFile("a.txt", b"x") for _one in range(21)]
    with pytest.raises(files.TooMany):
        actions.post(scene.lead, LEADS, "note", "", files=many, by=scene.by)
    assert not StoredFile.objects.exists()


def test_bytes_without_a_row_are_swept_after_a_day(scene: Scene) -> None:
    kept = post_file(scene, "a.txt", b"kept")
    with transaction.atomic():
        post_file(scene, "b.txt", b"lost")
        transaction.set_rollback(True)
    assert len(stored()) == 2
    assert files.remove_orphans() == 0
    for path in stored():
        os.utime(path, (time.time() - 100_000,) * 2)
    assert files.remove_orphans() == 1
    assert [path.name for path in stored()] == [kept.digest]


def test_a_picture_is_shown_and_everything_else_saved(
    scene: Scene, client: Client
) -> None:
    client.force_login(scene.owner)
    picture = client.get(f"/discussion/files/{post_file(scene, 'a.png', PNG).pk}")
    page = client.get(f"/discussion/files/{post_file(scene, 'نام.html', b'<p>').pk}")
    assert picture.getvalue() == PNG
    assert picture["Content-Type"] == "image/png"
    assert picture["Content-Disposition"].startswith("inline")
    assert page["Content-Type"] == UNKNOWN
    assert page["Content-Disposition"].startswith("attachment; filename*=utf-8''%D9%86")
    for answer in (picture, page):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_stranger_finds_no_file(scene: Scene, client: Client) -> None:
    file = post_file(scene, "a.png", PNG)
    client.force_login(scene.stranger)
    theirs = client.get(f"/discussion/files/{file.pk}")
    missing = client.get(f"/discussion/files/{file.pk + 1000}")
    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert client.post(f"/discussion/files/{file.pk}/remove").status_code == 404
    assert StoredFile.objects.count() == 1


def test_only_who_brought_a_file_takes_it_away(scene: Scene, client: Client) -> None:
    file = post_file(scene, "a.png", PNG)
    client.force_login(scene.colleague)
    assert client.post(f"/discussion/files/{file.pk}/remove").status_code == 403
    client.force_login(scene.owner)
    assert client.post(f"/discussion/files/{file.pk}/remove").status_code == 302
    assert not StoredFile.objects.exists()


def test_files_of_notes_are_not_for_people_from_outside(scene: Scene) -> None:
    note = post_file(scene, "a.png", PNG)
    message = post_file(scene, "b.png", PNG, "message")
    scene.owner.roles = ["portal"]
    outside = actor_for(scene.owner)
    assert not files.visible_to(note, outside)
    assert files.visible_to(message, outside)
