"""A scene, English words, and files that stay with the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from sarnakh.api.tests.scene import Scene, make_scene


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
    """Six people of two companies, and leads of some of them."""
    return make_scene()
