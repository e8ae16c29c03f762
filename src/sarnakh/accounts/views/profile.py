"""Pages about oneself: preferences, address, sessions, companies ticked."""

import datetime as dt
from decimal import Decimal

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows import logout as flow
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sarnakh.accounts import actions, audit, interrupted, limits, queries, sessions
from sarnakh.accounts.audit import Event
from sarnakh.accounts.forms.profile import AddressForm, ProfileForm
from sarnakh.accounts.interrupted import login_needed
from sarnakh.accounts.middleware import COMPANIES
from sarnakh.accounts.models import User
from sarnakh.accounts.views.guards import acting
from sarnakh.lib.errors import Refused
from sarnakh.lib.numbers import format_number
from sarnakh.lib.profile import Profile
from sarnakh.lib.relative import moment_text

SAMPLE = Decimal("1234567.5")


@login_needed
def profile(request: HttpRequest) -> HttpResponse:
    """Name, phone and preferences of the user."""
    user = _user(request)
    posted = request.POST if request.method == "POST" else None
    kept = interrupted.take(request, request.path) if posted is None else None
    form = ProfileForm(posted or kept, instance=user)
    if posted is not None and form.is_valid():
        try:
            actions.change_profile(
                User.objects.get(pk=user.pk),
                form.values(),
                seen=form.cleaned_data["version"],
                by=acting(request),
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:profile")
    saved = User.objects.get(pk=user.pk)
    context = {
        "form": form,
        "person": saved,
        "sample": _sample(saved.profile()),
        "has_second_factor": queries.has_second_factor(saved),
    }
    wrong = posted is not None and form.errors
    return render(
        request, "accounts/profile.html", context, status=422 if wrong else 200
    )


@login_needed
@require_GET
def preview(request: HttpRequest) -> HttpResponse:
    """How date and number look with the preferences chosen in the form."""
    user = User.objects.get(pk=_user(request).pk)
    form = ProfileForm(request.GET, instance=user)
    form.is_valid()
    chosen = {
        name: form.cleaned_data.get(name, getattr(user, name))
        for name in form.preferences
    }
    return render(
        request, "accounts/_sample.html", {"sample": _sample(Profile(**chosen))}
    )


@login_needed
@reauthentication_required(allow_get=True)
def email(request: HttpRequest) -> HttpResponse:
    """Ask for another address; a link to it makes the change."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data["email"]
        limits.limit(request, "invite", new.lower())
        actions.ask_email_change(_user(request), new, by=acting(request))
        messages.success(
            request, _("Open the link that was sent to the new email to confirm it.")
        )
        return redirect("accounts:profile")
    return render(request, "accounts/email.html", {"form": form})


@login_needed
@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    """Where the user is logged in."""
    rows = [
        {
            "row": one,
            "device": sessions.device(one.user_agent) or _("Unknown device"),
            "is_current": one.session_key == request.session.session_key,
        }
        for one in sessions.of(_user(request))
    ]
    return render(request, "accounts/sessions.html", {"rows": rows})


@login_needed
@reauthentication_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the user's own sessions."""
    session = next((one for one in sessions.of(_user(request)) if one.pk == pk), None)
    if session is None:
        raise Http404
    is_current = session.session_key == request.session.session_key
    device = sessions.device(session.user_agent)
    audit.record(Event.SESSIONS_ENDED, by=acting(request), subject=device)
    session.end()
    if is_current:
        flow.logout(request)
        return redirect("account_login")
    messages.success(request, _("The session has ended."))
    return redirect("accounts:sessions")


@login_needed
@reauthentication_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End all sessions of the user but this one."""
    ended = sessions.end(_user(request), keep=request.session.session_key)
    audit.record(Event.SESSIONS_ENDED, by=acting(request), count=ended)
    messages.success(request, _("All other sessions have ended."))
    return redirect("accounts:sessions")


@login_needed
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Tick the companies to work in; `company` may come several times.

    The first is the current one. Goes back to `next`, an own path.
    """
    rows = queries.companies_of(acting(request)).filter(active=True)
    allowed = set(rows.values_list("pk", flat=True))
    asked = [int(one) for one in request.POST.getlist("company") if one.isdecimal()]
    ticked = [pk for pk in dict.fromkeys(asked) if pk in allowed]
    if not ticked:
        raise Http404
    request.session[COMPANIES] = ticked
    target = request.POST.get("next", "")
    if not (target.startswith("/") and url_has_allowed_host_and_scheme(target, None)):
        target = "/"
    return HttpResponseRedirect(target)


def _user(request: HttpRequest) -> User:
    user = acting(request).user
    if user is None:
        raise Http404
    return user


def _sample(profile: Profile) -> dict[str, str]:
    now = dt.datetime.now(dt.UTC)
    return {
        "moment": moment_text(now, profile),
        "date": profile.date_text(profile.today(now), "long"),
        "number": format_number(SAMPLE, profile),
    }
