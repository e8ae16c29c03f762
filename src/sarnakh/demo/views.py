"""The page that takes the demo away."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sarnakh.accounts.views.guards import acting, manager_needed
from sarnakh.demo import actions, queries
from sarnakh.demo.forms import BeginningForm
from sarnakh.lib.errors import Refused


@manager_needed
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest) -> HttpResponse:
    """Say what will go; take it away when asked to."""
    if not queries.is_loaded():
        raise Http404
    by = acting(request)
    begins = queries.is_all_there_is()
    posted = request.POST if request.method == "POST" else None
    form = BeginningForm(posted, initial={"language": by.profile.language})
    error = ""
    if posted is not None and (not begins or form.is_valid()):
        is_guest = bool(by.user and by.user.is_demo)
        try:
            link = actions.remove(by=by, beginning=form.beginning() if begins else None)
        except Refused as refusal:
            error = refusal.message
        else:
            return _onwards(request, link, is_guest=is_guest)
    context = {
        "form": form if begins else None,
        "error": error,
        "companies": queries.companies().order_by("pk"),
    }
    wrong = posted is not None
    return render(request, "demo/remove.html", context, status=422 if wrong else 200)


def _onwards(request: HttpRequest, link: str | None, *, is_guest: bool) -> HttpResponse:
    """Where to go; who belonged to the demo is nobody any more."""
    if is_guest:
        request.session.flush()
        request.user = AnonymousUser()
        request.actor = None  # type: ignore[attr-defined]
    messages.success(request, _("The demo is gone."))
    if link:
        return redirect(urlsplit(link).path)
    return redirect("account_login" if is_guest else "accounts:companies")
