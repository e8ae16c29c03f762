"""What the dialog of several orders needs."""

from django import template

from sarnakh.screens import once

register = template.Library()


@register.simple_tag
def once_token() -> str:
    """A token for one dialog."""
    return once.token()
