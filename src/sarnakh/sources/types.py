"""What tags and origins are."""

from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.actor import Actor
from sarnakh.lib import text
from sarnakh.records.actions import plain_writers
from sarnakh.records.types import Filter, RecordType, Search, describe
from sarnakh.sources import access
from sarnakh.sources.models import Campaign, Medium, Source, Tag


def _key(tag: Any, changed: set[str]) -> None:
    tag.name_key = text.searchable(tag.name)[:60]


def quick_tag(name: str, actor: Actor) -> dict[str, Any]:
    """A tag made from its name alone, in a colour of its own."""
    return {"name": name, "tone": 1 + sum(map(ord, name)) % 11}


TAGS = RecordType(
    name="tags",
    model=Tag,
    label=_("Tag"),
    label_plural=_("Tags"),
    access=access.TAGS,
    fields=describe(Tag, "name", "tone", tone={"widget": "tone"}),
    writers=plain_writers(Tag, _key),
    search=(Search(name="text", label=_("Name"), fields=("name",)),),
    quick_values=quick_tag,
    is_importable=True,
)


def _origin(
    model: type[models.Model], name: str, label: Promise, plural: Promise
) -> RecordType:
    return RecordType(
        name=name,
        model=model,
        label=label,
        label_plural=plural,
        access=access.ORIGINS,
        fields=describe(model, "name", "active"),
        writers=plain_writers(model),
        active="active",
        search=(Search(name="text", label=_("Name"), fields=("name",)),),
        filters=(
            Filter(
                name="archived",
                label=_("Archived"),
                condition=[["active", "=", False]],
            ),
        ),
        quick_values=lambda name, actor: {"name": name},
    )


CAMPAIGNS = _origin(Campaign, "campaigns", _("Campaign"), _("Campaigns"))
MEDIA = _origin(Medium, "mediums", _("Medium"), _("Media"))
SOURCES = _origin(Source, "sources", _("Source"), _("Sources"))
