"""Saved searches: own ones and shared ones."""

from typing import Any

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.lib.errors import Refused
from sarnakh.screens import state as states
from sarnakh.screens.models import Favourite
from sarnakh.screens.screen import Screen
from sarnakh.screens.state import SearchState


def visible_to(screen: Screen, actor: Actor) -> list[Favourite]:
    """Own favourites of the screen first, then shared ones."""
    found = Favourite.objects.filter(screen=screen.slug).order_by("name", "pk")
    own = [f for f in found if f.user_id == actor.user_id]
    return own + [f for f in found if f.is_shared and f.user_id != actor.user_id]


def default_state(screen: Screen, actor: Actor) -> SearchState:
    """What a screen shows when entered from the menu."""
    saved = visible_to(screen, actor)
    own = next((f for f in saved if f.is_default and not f.is_shared), None)
    chosen = own or next((f for f in saved if f.is_default), None)
    if chosen:
        return restored(chosen, screen)
    return SearchState(view=screen.pages[0].name, filters=screen.defaults)


def restored(favourite: Favourite, screen: Screen) -> SearchState:
    """The state that a favourite keeps; relative periods stay relative."""
    state = states.read(QueryDict(favourite.query))
    return state.but(view=state.view or screen.pages[0].name).but(
        favourite=favourite.pk
    )


@transaction.atomic
def save(
    screen: Screen,
    state: SearchState,
    name: str,
    *,
    is_shared: bool = False,
    is_default: bool = False,
    by: Actor,
) -> Favourite:
    """Save the present search under a name that is new in this menu."""
    name = name.strip()
    if not name:
        raise Refused(_("Give the search a name."), "name-missing")
    if is_shared and is_default and _shared_default(screen):
        raise Refused(
            _("Another search is the shared default already."), "second-default"
        )
    taken = {f.name.casefold() for f in visible_to(screen, by)}
    if name.casefold() in taken:
        raise Refused(_("There is a search with this name already."), "name-taken")
    if is_default and not is_shared:
        Favourite.objects.filter(
            screen=screen.slug, user=by.user, is_shared=False, is_default=True
        ).update(is_default=False)
    kept = state.but(page=1, lane="", favourite=None)
    try:
        with transaction.atomic():
            return Favourite.objects.create(
                screen=screen.slug,
                user_id=by.user_id or 0,
                name=name,
                query=kept.query(),
                is_shared=is_shared,
                is_default=is_default,
            )
    except IntegrityError as error:
        raise Refused(
            _("There is a search with this name already."), "name-taken"
        ) from error


@transaction.atomic
def delete(screen: Screen, pk: int, *, by: Actor) -> None:
    """Delete an own favourite; settings managers may delete shared ones."""
    found = Favourite.objects.filter(screen=screen.slug, pk=pk).first()
    if found is None or not _may_delete(found, by):
        raise Refused(_("You cannot delete this search."), "not-yours")
    found.delete()


def _may_delete(favourite: Favourite, by: Actor) -> bool:
    own = favourite.user_id == by.user_id
    return own or (favourite.is_shared and by.has(Role.ADMINISTRATOR))


def _shared_default(screen: Screen) -> Any:
    return Favourite.objects.filter(
        screen=screen.slug, is_shared=True, is_default=True
    ).first()
