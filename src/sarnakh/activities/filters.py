"""Ready-made filters for types that carry the state of their activities."""

from django.utils.translation import gettext_lazy as _

from sarnakh.records.types import Filter


def activity_filters(block: int) -> tuple[Filter, ...]:
    """Late, of today, in the future; the type has `activity_today_from` and
    `activity_overdue_from`. `block` is their place among its filters."""
    return (
        Filter(
            name="late-activities",
            label=_("Late activities"),
            condition=[["activity_overdue_from", "<=", "@now"]],
            block=block,
        ),
        Filter(
            name="today-activities",
            label=_("Activities of today"),
            condition=[
                ["activity_today_from", "<=", "@now"],
                ["activity_overdue_from", ">", "@now"],
            ],
            block=block,
        ),
        Filter(
            name="future-activities",
            label=_("Future activities"),
            condition=[["activity_today_from", ">", "@now"]],
            block=block,
        ),
    )
