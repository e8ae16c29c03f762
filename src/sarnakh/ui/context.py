"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import get_language, get_language_bidi


def frame(request: HttpRequest) -> dict[str, Any]:
    """Actor, profile, language, direction and the menu."""
    actor = getattr(request, "actor", None)
    found: dict[str, Any] = {
        "language": get_language() or settings.LANGUAGE_CODE,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "theme": "auto",
        "actor": actor,
    }
    if actor is not None:
        found["profile"] = actor.profile
        found["theme"] = actor.user.theme
        found["menu"] = SimpleLazyObject(
            lambda: import_string(settings.MENU)(request, actor)
        )
    else:
        from sarnakh.lib.profile import Profile

        found["profile"] = Profile(language=found["language"])
    return found
