"""Quick hashes and letters at once."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    """Tests do not wait for slow hashes, nor for letters in the background."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ACCOUNT_MAIL_IN_BACKGROUND = False
