"""One request from authentication to answer; every view of the room runs in it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from sarnakh.accounts.actor import Actor
from sarnakh.api import errors
from sarnakh.api.authentication import Caller, authenticated, language_of, spoken
from sarnakh.api.errors import ApiError, bad_request
from sarnakh.api.parameters import BIGGEST, Parameters, json_value
from sarnakh.lib.profile import Profile
from sarnakh.records import rows
from sarnakh.records.access import Verb
from sarnakh.records.types import RecordType, all_types

BODY_LIMIT = 2 * 1024 * 1024
UNKNOWN_LANGUAGE = "en"


@dataclass(frozen=True)
class Call:
    """What a view needs: the request, who calls, in which language."""

    request: HttpRequest
    caller: Caller
    language: str

    @property
    def actor(self) -> Actor:
        """The acting user."""
        return self.caller.actor

    @cached_property
    def profile(self) -> Profile:
        """How labels are written for this caller."""
        return spoken(self.actor.profile, self.language)

    def type(self, name: str, verb: Verb = "read") -> RecordType:
        """A record type; 404 for an unknown one, 403 without the right to the verb.

        The right to a whole type is no secret, so it is answered before any record
        is looked for.
        """
        record_type = all_types().get(name)
        if record_type is None:
            raise Http404
        if not all(rows.may(record_type, self.actor, one) for one in ("read", verb)):
            raise errors.forbidden()
        return record_type

    def parameters(self, *expected: str) -> Parameters:
        """The query parameters, all of which must be expected."""
        return Parameters(self.request.GET, *expected)

    @cached_property
    def body(self) -> bytes:
        """The JSON body as sent, at most 2 MB."""
        kind = self.request.content_type
        if length_of(self.request) > BODY_LIMIT:
            raise bad_request("body", _("The body may have at most 2 MB."))
        if kind != "application/json":
            raise bad_request("body", _("Send Content-Type: application/json."))
        return self.request.body

    def value(self) -> Any:
        """The JSON value of the body."""
        return json_value(self.body)

    def mapping(self) -> dict[str, Any]:
        """The JSON object of the body."""
        found = self.value()
        if not isinstance(found, dict):
            raise bad_request("body", _("The body must be a JSON object."))
        return found


View = Callable[..., HttpResponseBase]


def endpoint(**methods: View) -> View:
    """A URL's view from one function per method: `endpoint(get=read, post=make)`.

    Each takes a `Call` and the parts of the address. Whatever it raises becomes
    JSON. Without authentication nothing happens, not even a look at the method.
    """
    by_method = {name.upper(): view for name, view in methods.items()}
    if "GET" in by_method:
        by_method["HEAD"] = by_method["GET"]

    @csrf_exempt
    def answer(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language or UNKNOWN_LANGUAGE):
            try:
                response = _answered(request, by_method, language, parts)
            except Exception as error:
                response = errors.answer(error)
            response.headers.setdefault(
                "Content-Language", translation.get_language() or UNKNOWN_LANGUAGE
            )
        response.headers["Cache-Control"] = "no-store"
        patch_vary_headers(response, ("Authorization", "Accept-Language", "X-Company"))
        return response

    return answer


def unknown(call: Call, **parts: Any) -> HttpResponseBase:
    """Any other address below ours."""
    raise Http404


def as_json(
    value: Any, status: int = 200, *, version: int | None = None
) -> JsonResponse:
    """A JSON answer; the version of a single record becomes its ETag."""
    response = JsonResponse(
        value, status=status, safe=False, json_dumps_params={"ensure_ascii": False}
    )
    if version is not None:
        response.headers["ETag"] = f'"{version}"'
    return response


def length_of(request: HttpRequest) -> int:
    """How many bytes the request says that it brings."""
    written = str(request.META.get("CONTENT_LENGTH") or "")
    return int(written) if written.isdecimal() and len(written) < 19 else 0


def _answered(
    request: HttpRequest, by_method: dict[str, View], language: str, parts: Any
) -> HttpResponseBase:
    caller = authenticated(request, parts.get("name", ""))
    spoken_language = language or caller.actor.profile.language
    translation.activate(spoken_language)
    if not all(0 <= part <= BIGGEST for part in parts.values() if type(part) is int):
        raise Http404
    view = by_method.get(request.method or "")
    if view is None:
        raise ApiError(
            405,
            "method",
            _("This address does not know the method %(method)s.")
            % {"method": (request.method or "")[:20]},
            headers={"Allow": ", ".join(sorted(by_method))},
        )
    return view(Call(request, caller, spoken_language), **parts)
