"""What the dialogs of several documents need."""

from typing import Any

from django import template

from sarnakh.invoicing.dialogs import journals_for
from sarnakh.screens import once

register = template.Library()


@register.simple_tag(takes_context=True)
def paying_many(context: Any) -> dict[str, Any]:
    """Journals and today, for the dialog of several documents."""
    actor = context["request"].actor
    return {
        "journals": journals_for([actor.company.pk]),
        "date": actor.profile.date_text(actor.company.profile().today()),
        "once": once.token(),
    }
