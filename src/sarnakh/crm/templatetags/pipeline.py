"""What dialogs of the pipeline need to know."""

from django import template

from sarnakh.crm.models import LostReason

register = template.Library()


@register.simple_tag
def lost_reasons() -> list[tuple[int, str]]:
    """The reasons that can still be chosen: number and name."""
    found = LostReason.objects.filter(active=True).only("name")
    return [(reason.pk, str(reason)) for reason in found]
