"""What Sarnakh wants otherwise than the log-in library does by default."""

import base64
import hashlib
from io import BytesIO
from typing import Any

import qrcode  # type: ignore[import-untyped]
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from sarnakh.accounts import limits, mail
from sarnakh.accounts.models import User

# Letters to write when the library tells that something has happened.
LETTERS = {
    "account/email/password_changed": "password_changed",
    "account/email/password_set": "password_changed",
    "mfa/email/totp_activated": "second_factor_on",
    "mfa/email/totp_deactivated": "second_factor_off",
    "mfa/email/recovery_codes_generated": "recovery_codes",
}
MESSAGES = {
    "account/messages/password_changed.txt": _("Your password has been changed."),
    "account/messages/password_set.txt": _("Your password has been changed."),
    "mfa/messages/totp_activated.txt": _("Log-in now asks for a code as well."),
    "mfa/messages/totp_deactivated.txt": _("Log-in no longer asks for a code."),
}


class Accounts(DefaultAccountAdapter):
    """No sign-up; own paths only; own letters; 429 instead of a form error."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The email or the password is wrong."),
        "incorrect_password": _("The password is wrong."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("The code is wrong or has been used."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only paths of our own; not even our own address in full."""
        return bool(
            url
            and url.startswith("/")
            and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
        )

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; answer 429 when there were too many."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            page = limits.too_many_requests(request)
            raise ImmediateHttpResponse(page) from error

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        # Not by host name as well: each allowed one would bring attempts of its own.
        return str(credentials.get("email", "")).lower()

    def set_password(self, user: User, password: str) -> None:
        """Store the new password and nothing else."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say only what is worth saying, in our words."""
        template = args[2] if len(args) > 2 else kwargs.pop("message_template", None)
        text = kwargs.pop("message", None) or MESSAGES.get(template or "")
        if text:
            super().add_message(*args[:2], message=str(text), **kwargs)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the user that password or second factor have changed."""
        if letter := LETTERS.get(template_prefix):
            mail.send(user, letter)


class SecondFactor(DefaultMFAAdapter):
    """Seeds of codes are encrypted with keys that are not in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is wrong or has been used."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, on white also where the page is dark."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """Ciphertext under the newest key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again, under any key still known."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    digest = hashlib.sha256(b"accounts.second-factor:" + force_bytes(secret)).digest()
    return base64.urlsafe_b64encode(digest)
