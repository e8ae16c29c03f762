"""Which columns a list shows to whom."""

from typing import Any

from django.db.models import Q

from sarnakh.accounts.actor import Actor
from sarnakh.records import conditions
from sarnakh.records.types import Field
from sarnakh.screens.groups import Group
from sarnakh.screens.look import Look
from sarnakh.screens.screen import Screen


def shown(look: Look, page: Any) -> list[Field]:
    """The person's own choice of columns, else the declared ones."""
    user = look.actor.user
    chosen = user.preferences.get("columns", {}) if user else {}
    names = chosen.get(look.screen.slug) or page.columns
    return [look.fields[name] for name in names if name in look.fields]


def choices(look: Look, page: Any, fields: list[Field]) -> list[tuple[Field, bool]]:
    """Every column that can be shown, and whether it is."""
    on = {field.name for field in fields}
    names = dict.fromkeys([*page.columns, *page.optional])
    return [(look.fields[name], name in on) for name in names if name in look.fields]


def choose(screen: Screen, names: list[str], *, by: Actor) -> None:
    """Remember the columns that a person ticked, in the declared order."""
    page: Any = screen.page("list")
    declared = [*page.columns, *page.optional]
    kept = [name for name in declared if name in names] or list(page.columns)
    if by.user is not None:
        columns = by.user.preferences.get("columns", {})
        by.user.preferences["columns"] = {**columns, screen.slug: kept}
        by.user.save(update_fields=["preferences"])


def group_filter(look: Look, group: Group) -> Q:
    """The rows of a group."""
    return conditions.compile(group.condition, look.type, look.actor)
