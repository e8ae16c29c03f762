"""The three people of the conversations, and the shipped activity types."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from sarnakh.activities import seed
from sarnakh.discussion.tests.scene import Scene, make_scene


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Outside of requests, words are those of the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def scene(db: None) -> Scene:
    """Owner, colleague, stranger; types to plan with."""
    seed.seed()
    return make_scene()
