"""What other rooms give to screens: panels beside forms, lines of the gear, buttons.

A room registers its panel when it starts; screens name the panels they show.
Buttons are given by type: every screen of that type has them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.screens.screen import Button, Screen, SmartButton

PANELS: dict[str, "Panel"] = {}
MENUS: list[Callable[..., list[Any]]] = []
BUTTONS: dict[str, list[Button]] = {}
SMART_BUTTONS: dict[str, list[SmartButton]] = {}


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
    return _drawn(screen.panels, screen, record, actor)


def insets(
    screen: Screen, record: Any, actor: Actor
) -> list[tuple[str, dict[str, Any]]]:
    """The same for what stands on the sheet, below its fields."""
    return _drawn(screen.insets, screen, record, actor)


def _drawn(
    names: tuple[str, ...], screen: Screen, record: Any, actor: Actor
) -> list[tuple[str, dict[str, Any]]]:
    if record is None:
        return []
    return [
        (PANELS[name].template, PANELS[name].context(record, screen.type, actor))
        for name in names
        if name in PANELS
    ]


def add_menu(entries: Callable[..., list[Any]]) -> None:
    """Offer lines for the gear of every screen: `entries(screen, query, actor)`."""
    MENUS.append(entries)


def menu(screen: Screen, query: str, actor: Actor) -> list[Any]:
    """The lines that other rooms give to the gear of a screen."""
    return [entry for entries in MENUS for entry in entries(screen, query, actor)]


def add_buttons(type_name: str, *buttons: Button) -> None:
    """Offer buttons on the forms of a type; their rank orders them."""
    BUTTONS.setdefault(type_name, []).extend(buttons)


def add_smart_buttons(type_name: str, *buttons: SmartButton) -> None:
    """Offer counts of related records on the forms of a type."""
    SMART_BUTTONS.setdefault(type_name, []).extend(buttons)


def buttons(screen: Screen) -> list[Button]:
    """The buttons of a screen, its own and those given to its type."""
    found = [*screen.buttons, *BUTTONS.get(screen.type.name, ())]
    return sorted(found, key=lambda button: button.rank)


def smart_buttons(screen: Screen) -> list[SmartButton]:
    """The counts of a screen, its own and those given to its type."""
    found = [*screen.smart_buttons, *SMART_BUTTONS.get(screen.type.name, ())]
    return sorted(found, key=lambda button: button.rank)
