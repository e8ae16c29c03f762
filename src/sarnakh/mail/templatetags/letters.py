"""What templates of letters may say."""

from typing import Any

from django import template

from sarnakh.mail.purposes import PURPOSES

register = template.Library()


@register.simple_tag
def placeholders_of(record: Any) -> list[tuple[str, Any]]:
    """Names and meanings of the placeholders of a template."""
    purpose = PURPOSES.get(record.purpose)
    if purpose is None:
        return []
    return [
        ("{{ " + name + " }}", label) for name, label in purpose.placeholders.items()
    ]
