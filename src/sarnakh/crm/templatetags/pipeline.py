"""What dialogs of the pipeline need to know."""

from typing import Any

from django import template

from sarnakh.crm.models import LostReason

register = template.Library()


@register.simple_tag
def lost_reasons() -> Any:
    """The reasons that can still be chosen."""
    return LostReason.objects.filter(active=True)
