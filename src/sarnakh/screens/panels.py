"""What other rooms give to screens: panels beside forms, lines of the gear.

A room registers its panel when it starts; screens name the panels they show.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.screens.screen import Screen

PANELS: dict[str, "Panel"] = {}
MENUS: list[Callable[..., list[Any]]] = []


@dataclass(frozen=True)
class Panel:
    """A template and what it needs."""

    template: str
    context: Callable[..., dict[str, Any]]


def register(name: str, panel: Panel) -> None:
    """Offer a panel under a name."""
    PANELS[name] = panel


def contexts(
    screen: Screen, record: Any, actor: Actor
) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of every panel that a saved record shows."""
    if record is None:
        return []
    return [
        (PANELS[name].template, PANELS[name].context(record, screen.type, actor))
        for name in screen.panels
        if name in PANELS
    ]


def add_menu(entries: Callable[..., list[Any]]) -> None:
    """Offer lines for the gear of every screen: `entries(screen, query, actor)`."""
    MENUS.append(entries)


def menu(screen: Screen, query: str, actor: Actor) -> list[Any]:
    """The lines that other rooms give to the gear of a screen."""
    return [entry for entries in MENUS for entry in entries(screen, query, actor)]
