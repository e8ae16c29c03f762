"""How activity types look."""

from django.utils.translation import gettext_lazy as _

from sarnakh.activities.types import ACTIVITY_TYPES
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import Screen, Section

ACTIVITY_TYPE_LIST = Screen(
    slug="activity-types",
    type=ACTIVITY_TYPES,
    title=_("Activity types"),
    pages=(List(columns=("name", "summary", "delay", "unit", "active")),),
    header=("name",),
    sections=(
        Section(_("Activity type"), ("summary", "icon", "sequence", "active")),
        Section(_("Planning"), ("delay", "unit")),
    ),
    empty=_("Calls, meetings and other kinds of planned work."),
)
