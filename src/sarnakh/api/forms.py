"""What somebody says about a new key."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.actor import Actor
from sarnakh.api.models import ApiKey
from sarnakh.records import rows
from sarnakh.records.types import all_types

LIFETIMES = (
    ("30", _("30 days")),
    ("90", _("90 days")),
    ("365", _("One year")),
    ("", _("Never")),
)


class KeyForm(forms.Form):
    """Name, scope, record types and lifetime."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("Which program will use the key?"),
    )
    scope = forms.ChoiceField(
        label=_("Scope"),
        choices=ApiKey.Scope.choices,
        initial=ApiKey.Scope.READ,
        widget=forms.RadioSelect,
    )
    lifetime = forms.ChoiceField(
        label=_("Expires after"), choices=LIFETIMES, initial="365", required=False
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["dir"] = "auto"
        readable = [one for one in all_types().values() if rows.may(one, by, "read")]
        self.fields["types"] = forms.MultipleChoiceField(
            label=_("Only for"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Nothing ticked means everything that you may see."),
            choices=[(one.name, str(one.label_plural)) for one in readable],
        )

    def expires_at(self) -> dt.datetime | None:
        """The end of the key; call after `is_valid`."""
        days = self.cleaned_data["lifetime"]
        return timezone.now() + dt.timedelta(days=int(days)) if days else None
