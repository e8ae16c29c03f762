"""Pages for settings managers: people."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from sarnakh.accounts import actions, interrupted, limits, queries
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.forms.users import PersonForm, RolesForm, UserForm
from sarnakh.accounts.models import User
from sarnakh.accounts.roles import LABELS, Role
from sarnakh.accounts.views.guards import acting, manager_needed
from sarnakh.lib.errors import Refused
from sarnakh.lib.relative import moment_text

PAGE = 80
# Said of everybody, so not worth a column.
UNSAID = frozenset({Role.INTERNAL})


@manager_needed
@require_GET
def users(request: HttpRequest) -> HttpResponse:
    """People of the ticked companies, with what they may do."""
    by = acting(request)
    text = request.GET.get("q", "")
    rows = queries.named_like(queries.users_of(by), text)
    is_archived = request.GET.get("archived") == "1"
    page = Paginator(rows.filter(is_active=not is_archived), PAGE).get_page(
        request.GET.get("page")
    )
    people = [_row(user, by) for user in page.object_list]
    context = {"people": people, "page": page, "q": text, "is_archived": is_archived}
    return render(request, "accounts/users.html", context)


@manager_needed
@reauthentication_required(allow_get=True)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody."""
    by = acting(request)
    posted = request.POST if request.method == "POST" else None
    kept = interrupted.take(request, request.path) if posted is None else None
    person = PersonForm(posted or kept, by=by)
    roles = RolesForm(posted or kept, initial={"sales": Role.SALES_OWN})
    if posted is not None and person.is_valid() and roles.is_valid():
        limits.limit(request, "invite", person.cleaned_data["email"].lower())
        try:
            user = actions.invite(person.invited(roles.roles()), by=by)
        except Refused as refusal:
            person.add_error(None, refusal.message)
        else:
            messages.success(
                request,
                _("An invitation was sent to %(email)s.") % {"email": user.email},
            )
            return redirect("accounts:users")
    context = {"person_form": person, "roles_form": roles}
    wrong = posted is not None and (person.errors or roles.errors)
    return render(
        request, "accounts/invite.html", context, status=422 if wrong else 200
    )


@manager_needed
@reauthentication_required(allow_get=True)
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: fields, companies, roles, and the state of the invitation."""
    by = acting(request)
    person = get_object_or_404(queries.users_of(by), pk=pk)
    posted = request.POST if request.method == "POST" else None
    kept = interrupted.take(request, request.path) if posted is None else None
    form = UserForm(posted or kept, user=person, by=by)
    roles = RolesForm(posted or kept, initial=RolesForm.initial_of(person))
    if posted is not None and form.is_valid() and roles.is_valid():
        try:
            _save(request, person, form, roles)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:user", pk=pk)
    context = {
        "person_form": form,
        "roles_form": roles,
        "person": person,
        "state": _state(person, by),
        "may_change": queries.may_change(person, by),
        "is_self": person.pk == by.user_id,
    }
    wrong = posted is not None and (form.errors or roles.errors)
    return render(request, "accounts/user.html", context, status=422 if wrong else 200)


@manager_needed
@reauthentication_required
@require_POST
def press(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Invite again, start a reset, archive or restore."""
    by = acting(request)
    person = get_object_or_404(queries.users_of(by), pk=pk)
    if action in ("invite", "reset"):
        limits.limit(request, "invite", person.email)
    try:
        said = _press(person, action, by)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("accounts:user", pk=pk)


def _press(person: User, action: str, by: Actor) -> str:
    if action == "invite":
        actions.resend_invitation(person, by=by)
        return _("A new invitation was sent; the old link is dead.")
    if action == "reset":
        actions.start_reset(person, by=by)
        return _("A link for a new password was sent.")
    if action == "archive":
        actions.archive_user(person, by=by)
        return _("Archived; all sessions have ended.")
    actions.restore_user(person, by=by)
    return _("Restored.")


@transaction.atomic
def _save(request: HttpRequest, person: User, form: UserForm, roles: RolesForm) -> None:
    """All or nothing: fields, address and roles are one form."""
    by = acting(request)
    actions.change_user(
        person,
        form.values(),
        company=form.cleaned_data["company"],
        companies=form.cleaned_data["companies"],
        seen=form.cleaned_data["version"],
        by=by,
    )
    actions.change_email(
        person,
        form.cleaned_data["email"],
        keep=request.session.session_key if person.pk == by.user_id else None,
        by=by,
    )
    actions.change_roles(person, roles.roles(), by=by)


def _row(user: User, by: Actor) -> dict[str, Any]:
    named = [LABELS[role] for role in Role if role in user.roles and role not in UNSAID]
    seen = moment_text(user.last_login, by.profile) if user.last_login else ""
    return {"user": user, "roles": named, "seen": seen, "state": _state(user, by)}


def _state(user: User, by: Actor) -> str:
    if not user.is_active:
        return pgettext("user", "archived")
    if user.has_usable_password():
        return pgettext("user", "confirmed")
    link = queries.invitation_of(user)
    if link is None:
        return pgettext("user", "never connected")
    if link.expires_at < timezone.now():
        return pgettext("user", "invitation too old")
    return _("invited, link good until %(moment)s") % {
        "moment": moment_text(link.expires_at, by.profile)
    }
