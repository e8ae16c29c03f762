"""Where one came from: crumbs back to the exact list, and walking through it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from sarnakh.accounts.actor import Actor
from sarnakh.screens import state as states
from sarnakh.screens.look import Look
from sarnakh.screens.pages.sorting import page_keys
from sarnakh.screens.screen import Screen


@dataclass(frozen=True)
class Walk:
    """The place of a record in the list it was opened from."""

    number: int
    total: int
    previous: int
    next: int


def back(request: HttpRequest, screen: Screen) -> str:
    """The list as it was left: the address of a record carries it along."""
    base = reverse(f"{screen.slug}:browse")
    query = request.GET.get("list", "")
    return f"{base}?{query}" if query else base


def carried(request: HttpRequest) -> str:
    """The part of the address that remembers the list, for links onwards."""
    query = request.GET.get("list", "")
    return f"?{urlencode({'list': query})}" if query else ""


def walk(
    request: HttpRequest, screen: Screen, record: Any, actor: Actor
) -> Walk | None:
    """Previous and next record in the list's order, on its first pages."""
    query = request.GET.get("list", "")
    if record is None or not query:
        return None
    look = Look(screen, states.read(QueryDict(query)), actor)
    keys = page_keys(look, look.selection.rows, 0, settings.LIST_PAGE * 2)
    if record.pk not in keys:
        return None
    place = keys.index(record.pk)
    return Walk(
        number=place + 1,
        total=len(keys),
        previous=keys[place - 1],
        next=keys[(place + 1) % len(keys)],
    )
