"""Who is calling, and whether this key may do that at all."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import User
from sarnakh.api import keys, rates
from sarnakh.api.errors import ApiError, bad_request
from sarnakh.api.models import ApiKey
from sarnakh.lib.digits import Digits
from sarnakh.lib.profile import Profile

SAFE = frozenset({"GET", "HEAD"})
KEY_PARAMETERS = frozenset(
    {"key", "api_key", "apikey", "access_token", "token", "authorization"}
)
LONGEST_LANGUAGES = 500
DIGITS: dict[str, Digits] = {"fa": "fa", "ar": "latin", "en": "latin"}


@dataclass(frozen=True)
class Caller:
    """The acting user behind a key."""

    key: ApiKey
    actor: Actor

    @property
    def may_write(self) -> bool:
        """Whether the key allows more than reading."""
        return self.key.scope == ApiKey.Scope.WRITE

    def may_touch(self, type_name: str) -> bool:
        """Whether the key covers a record type."""
        return not self.key.types or type_name in self.key.types


def authenticated(request: HttpRequest, type_name: str = "") -> Caller:
    """The caller of a request; 401, 403 for the key's scope, or 429.

    Cookies and sessions are not looked at. A key in the address is refused,
    because addresses end up in logs.
    """
    if KEY_PARAMETERS & {name.lower() for name in request.GET}:
        raise _unknown(_("A key belongs in the Authorization header."))
    scheme, _space, written = request.headers.get("Authorization", "").partition(" ")
    key = keys.find(written.strip()) if scheme.lower() == "bearer" else None
    if key is None:
        raise _unknown(_("Send a valid key: Authorization: Bearer …"))
    if request.method not in SAFE and key.scope != ApiKey.Scope.WRITE:
        raise _out_of_scope(_("This key may only read."))
    if type_name and key.types and type_name not in key.types:
        raise _out_of_scope(_("This key is for other record types."))
    if wait := rates.take(key):
        raise ApiError(
            429,
            "too-many-requests",
            _("Too many requests; try again in a moment."),
            headers={"Retry-After": str(wait)},
        )
    return Caller(key, _actor(key.user, request.headers.get("X-Company", "")))


def language_of(request: HttpRequest) -> str:
    """The first language of `Accept-Language` that we speak, "" for none."""
    asked = request.headers.get("Accept-Language", "")[:LONGEST_LANGUAGES]
    for code, _quality in parse_accept_lang_header(asked.lower()):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return ""


def spoken(profile: Profile, language: str) -> Profile:
    """The profile for labels in a language that may not be the user's own."""
    if not language or language == profile.language:
        return profile
    return replace(profile, language=language, digits=DIGITS.get(language, "latin"))


def _actor(user: User, companies: str) -> Actor:
    """The user in the companies asked for, the first one being the current."""
    if not companies:
        return actor_for(user, (user.company_id,))
    parts = companies.split(",")
    if len(parts) > 100 or not all(_is_number(part.strip()) for part in parts):
        raise bad_request("company", _("X-Company is a number, or numbers and commas."))
    asked = tuple(dict.fromkeys(int(part) for part in parts))
    actor = actor_for(user, asked)
    if set(actor.company_ids) != set(asked):
        raise ApiError(403, "company", _("You do not work in this company."))
    if actor.company.pk != asked[0]:
        actor = replace(actor, company=user.companies.get(pk=asked[0]))
    return replace(actor, company_ids=asked)


def _is_number(text: str) -> bool:
    return 0 < len(text) <= 18 and text.isascii() and text.isdigit()


def _unknown(message: str) -> ApiError:
    headers = {"WWW-Authenticate": f'Bearer realm="{settings.ADDRESS}"'}
    return ApiError(401, "unauthorized", message, headers=headers)


def _out_of_scope(message: str) -> ApiError:
    return ApiError(403, "scope", message)
