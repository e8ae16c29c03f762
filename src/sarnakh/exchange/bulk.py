"""Export as a bulk action of lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.exchange.exporting import actions
from sarnakh.records.types import by_model
from sarnakh.screens.screen import Bulk


def state_of_list(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """The state of the list that the rows were ticked on: its order and groups."""
    return {"state": given.get("state", "")}


def open_export(records: Sequence[Any], *, by: Actor, state: str = "") -> Any:
    """Lead to the dialog that asks for the columns of these records."""
    record_type = by_model(type(records[0]))
    file = actions.ask(
        record_type, ids=[record.pk for record in records], query=state, by=by
    )
    return redirect("exchange:export", pk=file.pk)


EXPORT = Bulk(
    name="export",
    label=_("Export"),
    icon="download",
    run=open_export,
    reads=state_of_list,
    verb="read",
    role=Role.EXPORT,
)
