"""Django settings: everything an operator may change comes from the environment.

`docs/operations.md` lists the variables with their meaning.
"""

from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

from sarnakh.config.sqlite import use_safe_library

use_safe_library()

env = environ.Env()
ROOT = Path(__file__).resolve().parents[3]
DATA = Path(env.str("SARNAKH_DATA", default=str(ROOT / "data")))
DATA.mkdir(parents=True, exist_ok=True)


def _secret(name: str) -> str:
    """A random key made at the first start and kept beside the data, mode 0600."""
    from django.core.management.utils import get_random_secret_key

    path = DATA / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="ascii")
    return path.read_text(encoding="ascii")


DEBUG = env.bool("SARNAKH_DEBUG", default=False)
# Refuses what only a playground may hold: the demo with its written-down log-ins.
PRODUCTION = env.bool("SARNAKH_PRODUCTION", default=False)
SECRET_KEY = env.str("SARNAKH_SECRET_KEY", default="") or _secret("secret.key")
# What secret links are made from: the first one signs, the others still open.
LINK_SECRETS = env.list("SARNAKH_LINK_SECRETS", default=[]) or [_secret("links.key")]
ADDRESS = env.str("SARNAKH_ADDRESS", default="http://127.0.0.1:8000")
ALLOWED_HOSTS = env.list(
    "SARNAKH_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = [ADDRESS]
ROOT_URLCONF = "sarnakh.config.urls"
WSGI_APPLICATION = "sarnakh.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
RECORD_TYPES = "sarnakh.config.catalog.TYPES"
MENU = "sarnakh.config.menu.menu"
IMPORTS = "sarnakh.config.imports.IMPORTS"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "sarnakh.ui",
    "sarnakh.accounts",
    "sarnakh.records",
    "sarnakh.jobs",
    "sarnakh.screens",
    "sarnakh.discussion",
    "sarnakh.mail",
    "sarnakh.portal",
    "sarnakh.exchange",
    "sarnakh.api",
    "sarnakh.contacts",
    "sarnakh.money",
    "sarnakh.activities",
    "sarnakh.sources",
    "sarnakh.catalog",
    "sarnakh.teams",
    "sarnakh.pricing",
    "sarnakh.crm",
    "sarnakh.invoicing",
    "sarnakh.delivery",
    "sarnakh.sales",
    "sarnakh.rental",
    "sarnakh.recurring",
    "sarnakh.dashboard",
    "sarnakh.administration",
    "sarnakh.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # A board is half a megabyte of much alike; Django pads against guessing.
    "django.middleware.gzip.GZipMiddleware",
    "sarnakh.ui.middleware.BrowserSafety",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "sarnakh.accounts.middleware.ActingUser",
    "sarnakh.ui.middleware.Refusals",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sarnakh.ui.context.frame",
            ],
            "builtins": [
                "sarnakh.ui.templatetags.ui",
                "sarnakh.screens.templatetags.cells",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    url = env.str("DATABASE_URL", default="")
    if not url:
        return {
            "ENGINE": "sarnakh.config.sqlite",
            "NAME": DATA / "sarnakh.sqlite3",
            # A deferred transaction that reads and then writes fails at once
            # when another one wrote meanwhile; an immediate one waits its turn.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    "PRAGMA foreign_keys=ON; PRAGMA mmap_size=0;"
                    "PRAGMA cache_size=-32000;"
                ),
            },
            "TEST": {"NAME": env.str("SARNAKH_TEST_SQLITE", default=":memory:")},
            "CONN_MAX_AGE": 600,
        }
    database = dict(environ.Env.db_url_config(url))
    if database["ENGINE"] == "django.db.backends.postgresql":
        database["ENGINE"] = "sarnakh.config.postgres"
    database["OPTIONS"] = {
        **database.get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": 8, "timeout": 5},
        "connect_timeout": 5,
        # Compiling a statement takes longer than any of ours takes to run.
        "options": "-c jit=off",
    }
    database["CONN_MAX_AGE"] = 0
    return database


DATABASES = {"default": _database()}
CACHES = {
    "default": {
        # The counters behind log-in limits must be shared by all processes.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "sarnakh.accounts.backend.ByEmail",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "sarnakh.accounts.validators.Length"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
        ),
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "sarnakh.accounts.validators.NotEasy"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# --- accounts: log-in, second factor, sessions ------------------------------------
ACCOUNT_ADAPTER = "sarnakh.accounts.adapter.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# "Remembered" means the seven idle days of SESSION_COOKIE_AGE, for everybody.
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Seconds between the right password and the code, and until asked for it again.
ACCOUNT_LOGIN_TIMEOUT = 5 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_MAIL_IN_BACKGROUND = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,20/h/key",
    "second_factor": "10/h/key",
    "reset_password": "20/h/ip,5/h/key",
    "invite": "20/h/ip,5/h/key",
    "wrong_token": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "interrupted": "10/m/ip",
    "portal": "60/m/ip",
    "portal_wrong": "20/m/ip",
    "portal_post": "10/m/ip",
}
ACCOUNT_FORMS = {
    "login": "sarnakh.accounts.forms.entrance.LoginForm",
    "reset_password": "sarnakh.accounts.forms.entrance.ResetPasswordForm",
    "change_password": "sarnakh.accounts.forms.entrance.ChangePasswordForm",
    "reauthenticate": "sarnakh.accounts.forms.entrance.ReauthenticateForm",
}
MFA_ADAPTER = "sarnakh.accounts.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "sarnakh.accounts.forms.entrance.CodeForm",
    "reauthenticate": "sarnakh.accounts.forms.entrance.CodeAgainForm",
    "activate_totp": "sarnakh.accounts.forms.entrance.ActivateCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Sarnakh"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 8
MFA_RECOVERY_CODES_SHOW_ONCE = True
USERSESSIONS_TRACK_ACTIVITY = False
# X-Forwarded-For counts only behind so many proxies of one's own.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("SARNAKH_PROXIES", default=0)

# --- work after the answer ---------------------------------------------------------
TASKS = {
    "default": {
        "BACKEND": "sarnakh.jobs.backend.LeasedBackend",
        "QUEUES": ["default", "mail", "imports"],
    }
}
SCHEDULE = "sarnakh.config.schedule.SCHEDULE"

# --- language, direction, time -------------------------------------------------
LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", _("Persian")), ("ar", _("Arabic")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- what reaches the browser ----------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "collected"
STATICFILES_DIRS = [ROOT / "build" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_AUTOREFRESH = DEBUG
# Static fonts for PDF; the asset build puts them there.
PRINT_FONTS = ROOT / "build" / "fonts"
MEDIA_ROOT = DATA / "files"
HTTPS = ADDRESS.startswith("https://")
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 7 * 24 * 3600
CSRF_COOKIE_HTTPONLY = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"

# --- limits (one place; safety rules, section 12) -----------------------------------
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_LIMIT = 128 * 1024 * 1024
LIST_PAGE = 80
LANE_PAGE = 40
COUNT_LIMIT = 10_000
BULK_LIMIT = 20_000
API_PER_MINUTE = 120

EMAIL_CONFIG = env.email_url("SARNAKH_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Seconds that a mail server may keep silent; letters in an hour for each company.
EMAIL_TIMEOUT = 10
MAIL_PER_HOUR = env.int("SARNAKH_MAIL_PER_HOUR", default=500)
# Who takes money on pages of customers; the demo's bank is invented.
PAYMENT_PROVIDERS = env.list(
    "SARNAKH_PAYMENT_PROVIDERS", default=[] if PRODUCTION else ["demo"]
)
DEFAULT_FROM_EMAIL = env.str("SARNAKH_FROM", default="sarnakh@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"masked": {"()": "sarnakh.portal.masking.Masked"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["masked"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
# The e-mail is unique through Lower("email"), which that check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
