"""Pages around the log-in: the library's views with our templates, and our own."""

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows import logout as flow
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sarnakh.accounts import actions, limits, links
from sarnakh.accounts.forms.entrance import NewPasswordForm
from sarnakh.accounts.interrupted import login_needed
from sarnakh.accounts.links import Purpose
from sarnakh.accounts.models import OneTimeLink
from sarnakh.accounts.views.guards import acting
from sarnakh.lib.errors import Refused

# What a browser keeps of the pages seen; cookies are left: others may share them.
CLEARED = '"cache", "storage"'


class Login(account.LoginView):
    """E-mail, password, and the language for those who are not in yet."""

    template_name = "accounts/login.html"


class Logout(account.LogoutView):
    """Asks on GET, leaves on POST and has the browser forget what it kept."""

    template_name = "accounts/logout.html"

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session."""
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = CLEARED
        return response


class Inactive(account.AccountInactiveView):
    """The account is archived."""

    template_name = "accounts/inactive.html"


class AskReset(account.PasswordResetView):
    """Where to send a link for a new password."""

    template_name = "accounts/reset.html"


class ResetAsked(account.PasswordResetDoneView):
    """The same answer whether or not somebody has the address."""

    template_name = "accounts/reset_asked.html"


class ChangePassword(account.PasswordChangeView):
    """The present password and a new one."""

    template_name = "accounts/password.html"


class Reauthenticate(account.ReauthenticateView):
    """The password once more, before something sensitive."""

    template_name = "accounts/reauthenticate.html"


class Code(second_factor.AuthenticateView):
    """The second step of the log-in."""

    template_name = "accounts/code.html"


class CodeAgain(second_factor.ReauthenticateView):
    """A code once more, before something sensitive."""

    template_name = "accounts/reauthenticate.html"


class SecondFactor(second_factor.IndexView):
    """Whether log-in asks for a code, and what can be changed about it."""

    template_name = "accounts/second_factor.html"


class ActivateCode(totp.ActivateTOTPView):
    """The secret for the app, as a picture and in groups of four."""

    template_name = "accounts/second_factor_on.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the secret cut up for reading."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["groups"] = [secret[at : at + 4] for at in range(0, len(secret), 4)]
        return context


class DeactivateCode(totp.DeactivateTOTPView):
    """Log in without a code again."""

    template_name = "accounts/second_factor_off.html"


class RecoveryCodes(recovery.ViewRecoveryCodesView):
    """The recovery codes, shown once."""

    template_name = "accounts/recovery_codes.html"


class NewRecoveryCodes(recovery.GenerateRecoveryCodesView):
    """Other recovery codes; the old ones are dead."""

    template_name = "accounts/recovery_codes_new.html"


@csrf_exempt
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def follow_link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: looking at it uses nothing up, sending the form does.

    The token is the right to do so. Browsers hide the origin of pages without a
    referrer, so the check against forged forms would refuse everybody; whoever
    could forge this one knows the token already.
    """
    link = links.find(token)
    if link is None:
        limits.limit(request, "wrong_token")
        response = render(request, "accounts/link_spent.html", status=410)
    elif link.purpose == Purpose.EMAIL:
        response = login_needed(_confirm_address)(request, token=token)
    else:
        # The link itself proves who it is, so the page speaks their language.
        with translation.override(request.GET.get("lang") or link.user.language):
            response = _choose_password(request, link, token)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def _choose_password(
    request: HttpRequest, link: OneTimeLink, token: str
) -> HttpResponse:
    is_invitation = link.purpose == Purpose.INVITATION
    form = NewPasswordForm(request.POST or None, user=link.user)
    if request.method == "POST" and form.is_valid():
        accept = actions.accept_invitation if is_invitation else actions.reset_password
        try:
            user = accept(token, form.cleaned_data["password1"])
        except Refused:
            return render(request, "accounts/link_spent.html", status=410)
        except ValidationError as error:
            form.add_error("password1", error)
        else:
            limits.forgive(request, "login_failed", user.email)
            # Somebody else may be logged in here, on a shared computer.
            flow.logout(request, show_message=False)
            messages.success(request, _("Your password is set. Log in with it."))
            return redirect("account_login")
    return render(
        request,
        "accounts/choose_password.html",
        {"form": form, "person": link.user, "is_invitation": is_invitation},
        status=422 if form.errors else 200,
    )


def _confirm_address(request: HttpRequest, *, token: str) -> HttpResponse:
    link = links.find(token)
    if link is None or link.user != acting(request).user:
        return render(request, "accounts/link_spent.html", status=410)
    if request.method == "POST":
        actions.confirm_email_change(
            token, keep=request.session.session_key, by=acting(request)
        )
        messages.success(request, _("You log in with your new email from now on."))
        return redirect("accounts:profile")
    return render(request, "accounts/confirm_address.html", {"email": link.detail})
