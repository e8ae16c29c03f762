"""The activity types that every installation begins with."""

from django.utils.translation import gettext_noop

from sarnakh.activities.models import ActivityType

# code, name in English (translated where it is shown), icon, days
SHIPPED = (
    ("email", gettext_noop("Email"), "mail", 0),
    ("call", gettext_noop("Call"), "phone", 2),
    ("meeting", gettext_noop("Meeting"), "calendar-event", 0),
    ("todo", gettext_noop("To-do"), "checklist", 5),
    ("upload", gettext_noop("Upload document"), "upload", 5),
)


def seed() -> None:
    """Make what is missing; what people have changed stays as it is."""
    for number, (code, name, icon, days) in enumerate(SHIPPED, start=1):
        ActivityType.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "icon": icon,
                "delay": days,
                "sequence": number * 10,
            },
        )
