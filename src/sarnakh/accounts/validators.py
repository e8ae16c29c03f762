"""Password rules in the form that Django's settings name."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sarnakh.accounts.models import User
from sarnakh.accounts.passwords import MAXIMUM, MINIMUM, is_easy, prepared


class Length:
    """From 12 to 128 characters; counted as they are hashed."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when too short or too long."""
        length = len(prepared(password))
        if length < MINIMUM:
            raise ValidationError(
                ngettext(
                    "This password is too short: at least %(count)d character.",
                    "This password is too short: at least %(count)d characters.",
                    MINIMUM,
                )
                % {"count": MINIMUM},
                code="password_too_short",
            )
        if length > MAXIMUM:
            raise ValidationError(
                ngettext(
                    "This password is too long: at most %(count)d character.",
                    "This password is too long: at most %(count)d characters.",
                    MAXIMUM,
                )
                % {"count": MAXIMUM},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _(
            "At least %(count)d characters; 15 or more are better. Several words that "
            "have nothing to do with each other are easy to remember."
        ) % {"count": MINIMUM}


class NotEasy:
    """Not made of common words, names, the company or the product."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when little is left without those."""
        if is_easy(password, _personal(user)):
            raise ValidationError(
                _(
                    "This password is easy to guess: it is made of common words, "
                    "names, years or neighbouring keys."
                ),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _("Not made of common words, your name, your address or your company.")


def _personal(user: User | None) -> list[str]:
    if user is None:
        return []
    texts = [user.name, user.email.replace("@", " "), user.phone]
    if user.company_id:
        texts.append(user.company.name)
    return [text for text in texts if text]
