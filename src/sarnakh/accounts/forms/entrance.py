"""Forms before and around the log-in, on top of the log-in library's."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts import actions, limits
from sarnakh.accounts.adapter import SecondFactor
from sarnakh.accounts.models import UsedCode, User
from sarnakh.accounts.passwords import LONGEST_TYPED
from sarnakh.lib.digits import to_latin


def _rules() -> str:
    return " ".join(password_validation.password_validators_help_texts())


class PasswordInput(forms.PasswordInput):
    """For a password that exists, or for a new one."""

    def __init__(self, *, new: bool = False) -> None:
        super().__init__(
            attrs={
                "autocomplete": "new-password" if new else "current-password",
                "dir": "ltr",
                "maxlength": LONGEST_TYPED,
            }
        )


def password_field(label: Any, *, new: bool = False, rules: bool = False) -> Any:
    """A field whose spaces are left alone; with the rules below it when asked."""
    return forms.CharField(
        label=label,
        strip=False,
        widget=PasswordInput(new=new),
        help_text=lazy(_rules, str)() if rules else "",
    )


class LoginForm(account.LoginForm):
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email")
        self.fields["login"].widget.attrs = {
            "type": "email",
            "autocomplete": "username",
            "dir": "ltr",
        }
        self.fields["password"] = password_field(_("Password"))


class ResetPasswordForm(account.ResetPasswordForm):
    """Where to send a link for a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Email")
        self.fields["email"].widget.attrs = {
            "type": "email",
            "autocomplete": "username",
            "dir": "ltr",
        }

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link; the same work is done for an address nobody has."""
        email: str = self.cleaned_data["email"]
        actions.ask_reset(email)
        return email


class ChangePasswordForm(account.ChangePasswordForm):
    """The present password and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = self.fields["password1"].help_text
        _plain(self, oldpassword=_("Present password"))
        _plain(
            self,
            new=True,
            password1=_("New password"),
            password2=_("New password again"),
        )
        self.fields["password1"].help_text = lazy(_rules, str)() if rules else ""


class ReauthenticateForm(account.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field(_("Password"))


class NewPasswordForm(forms.Form):
    """Twice a new password, from a one-time link."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password1"] = password_field(
            _("New password"), new=True, rules=True
        )
        self.fields["password2"] = password_field(_("New password again"), new=True)

    def clean_password1(self) -> str:
        """Refuse what the password rules refuse."""
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Both have to be the same."""
        values = super().clean() or {}
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        return values


class _OneCode:
    """Codes: any digits, ten attempts an hour, each accepted once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.label = _("Code")
        field.max_length = 20
        field.widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "dir": "ltr",
            "autofocus": True,
        }

    def clean_code(self) -> str:
        """The code, if it is right and has not been used."""
        values = self.cleaned_data  # type: ignore[attr-defined]
        user: User = self.user  # type: ignore[attr-defined]
        values["code"] = to_latin(values["code"]).replace(" ", "")
        limits.limit(context.request, "second_factor", str(user.pk))
        code: str = super().clean_code()  # type: ignore[misc]
        if not self._is_recovery() and not UsedCode.take(user.pk, code):
            raise SecondFactor().validation_error("incorrect_code")
        limits.forgive(context.request, "second_factor", str(user.pk))
        return code

    def _is_recovery(self) -> bool:
        used: Authenticator | None = getattr(self, "authenticator", None)
        return used is not None and used.type == Authenticator.Type.RECOVERY_CODES


class CodeForm(_OneCode, second_factor.AuthenticateForm):
    """The second step of the log-in."""


class CodeAgainForm(_OneCode, second_factor.ReauthenticateForm):
    """A code once more, before something sensitive."""


class ActivateCodeForm(_OneCode, totp.ActivateTOTPForm):
    """The first code proves that the app has the secret."""


def _plain(form: forms.Form, *, new: bool = False, **labels: Any) -> None:
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text, field.widget = label, "", PasswordInput(new=new)
