"""A company with three people, and a lead of the first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from sarnakh.discussion.tests.scene import Scene, make_scene


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Uploads of a test stay with the test."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Outside of requests, words are those of the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def scene(db: None) -> Scene:
    """Owner, colleague, stranger."""
    return make_scene()
