"""Safety headers on every answer, and refusals in plain words."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'"
)


class BrowserSafety:
    """Headers that keep pages to themselves; see safety rules, section 4."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Refusals:
    """Turns a refusal raised anywhere into one clear message."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """Refused → 409 with its message; a busy database → 503, try again."""
        if isinstance(error, Refused):
            return refusal(request, error.message, error.code, 409)
        if isinstance(error, PermissionDenied):
            return refusal(
                request, _("You are not allowed to do this."), "forbidden", 403
            )
        if isinstance(error, OperationalError) and "locked" in str(error).lower():
            response = refusal(
                request,
                _("The database is busy. Nothing was lost; try again in a moment."),
                "busy",
                503,
            )
            response.headers["Retry-After"] = "2"
            return response
        return None


def refusal(request: HttpRequest, message: str, code: str, status: int) -> HttpResponse:
    """The message as JSON, as a toast for a part of a page, or as a page."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(
            {"error": {"code": code, "message": message}}, status=status
        )
    if request.headers.get("HX-Request"):
        context: dict[str, Any] = {"message": message}
        response = render(request, "ui/toast.html", context, status=status)
        response.headers["HX-Retarget"] = "#toasts"
        response.headers["HX-Reswap"] = "beforeend"
        return response
    return render(
        request, "ui/refused.html", {"message": message, "code": code}, status=status
    )
