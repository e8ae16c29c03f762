"""Names that the product makes up are in English here."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Outside a request the language is the product's, Persian."""
    with translation.override("en"):
        yield
