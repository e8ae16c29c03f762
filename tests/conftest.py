"""What the cross-cutting tests share."""

import pytest

from tests.people import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Two companies with their people and one record of every type."""
    return make_world()
