"""What the gear of a screen offers: import, template, export of everything."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange import actions
from sarnakh.exchange.exporting.actions import may_export
from sarnakh.screens.screen import Screen


@dataclass(frozen=True)
class Entry:
    """A line of the menu."""

    label: str
    url: str
    icon: str


def screen_menu(screen: Screen, state_query: str, actor: Actor) -> list[Entry]:
    """The lines that this person may use on this screen, in this state."""
    found = []
    name = screen.type.name
    if actions.may_import(screen.type, actor):
        found += [
            Entry(
                _("Import records"),
                reverse("exchange:import", args=[name]),
                "upload",
            ),
            Entry(
                _("Download template"),
                reverse("exchange:template", args=[name]),
                "file-spreadsheet",
            ),
        ]
    if may_export(screen.type, actor):
        url = reverse("exchange:export-all", args=[screen.slug])
        found.append(Entry(_("Export all"), f"{url}?{state_query}", "download"))
    return found
