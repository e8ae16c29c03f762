"""The command palette: go, find, do."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sarnakh.accounts.interrupted import login_needed
from sarnakh.lib.text import searchable
from sarnakh.records import rows
from sarnakh.records.types import all_types
from sarnakh.screens.inputs import suggested

SEARCHED = {"leads": "pipeline", "contacts": "contacts", "teams": "teams"}


@login_needed
@require_GET
def palette(request: HttpRequest) -> HttpResponse:
    """Records, places and commands that fit what was typed.

    `alt` is the same keys on the other keyboard layout: whoever forgot to
    switch finds all the same.
    """
    actor = request.actor  # type: ignore[attr-defined]
    text = request.GET.get("text", "").strip()[:100]
    other = request.GET.get("alt", "").strip()[:100]
    menu = import_string(settings.MENU)(request, actor)
    context = {
        "records": _records(text, actor) or _records(other, actor),
        "places": _fitting(
            [entry for part in menu.parts for entry in part.entries], text, other
        ),
        "commands": _fitting(menu.creates, text, other),
        "new": _("New"),
    }
    return render(request, "administration/palette.html", context)


def _records(text: str, actor: Any) -> list[tuple[Any, str, str]]:
    """Records by their name: address, what they are."""
    if len(text) < 2:
        return []
    found = []
    for name, slug in SEARCHED.items():
        record_type = all_types()[name]
        if rows.may(record_type, actor, "read"):
            found += [
                (record, reverse(f"{slug}:record", args=[record.pk]),
                 str(record_type.label))
                for record in suggested(record_type, text, actor, 4)
            ]  # fmt: skip
    return found


def _fitting(entries: list[Any], text: str, other: str) -> list[Any]:
    """Entries that hold every word, in any order."""
    wanted = [searchable(found).split() for found in (text, other) if found]
    if not wanted:
        return entries
    return [
        entry
        for entry in entries
        if any(
            all(word in searchable(entry.label) for word in words) for words in wanted
        )
    ]
