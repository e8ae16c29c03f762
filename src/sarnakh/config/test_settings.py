"""Settings of the test suite: its own data folder, quick hashes, plain files."""

import os
import tempfile

# Before the settings are read: tests never touch the data of a running copy.
# Processes that a test starts share the folder of the test.
FOLDER = os.environ.setdefault(
    "SARNAKH_TEST_DATA", tempfile.mkdtemp(prefix="sarnakh-test-")
)
os.environ["SARNAKH_DATA"] = FOLDER

from sarnakh.config.settings import *  # noqa: E402, F403
from sarnakh.config.settings import DATA, DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, because two connections must meet in the same database.
    DATABASES["default"]["ENGINE"] = "sarnakh.config.sqlite.copied"
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_MAIL_IN_BACKGROUND = False
