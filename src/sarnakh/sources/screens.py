"""How tags and origins look."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sarnakh.exchange.bulk import EXPORT
from sarnakh.records.types import RecordType
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import Screen, Section
from sarnakh.sources.types import CAMPAIGNS, MEDIA, SOURCES, TAGS

TAG_LIST = Screen(
    slug="tags",
    type=TAGS,
    title=_("Tags"),
    pages=(List(columns=("name", "tone")),),
    header=("name",),
    sections=(Section(_("Tag"), ("tone",)),),
    bulk=(EXPORT,),
    empty=_("Coloured words on leads and opportunities."),
)


def _origin(record_type: RecordType, empty: Promise) -> Screen:
    return Screen(
        slug=record_type.name,
        type=record_type,
        title=record_type.label_plural,
        pages=(List(columns=("name", "active")),),
        header=("name",),
        sections=(Section(record_type.label, ("active",)),),
        bulk=(EXPORT,),
        empty=empty,
    )


CAMPAIGN_LIST = _origin(
    CAMPAIGNS, _("One effort to win customers, e.g. a spring offer.")
)
MEDIUM_LIST = _origin(MEDIA, _("The way an effort reaches people."))
SOURCE_LIST = _origin(SOURCES, _("The place that customers come from."))
