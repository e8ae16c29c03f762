"""What people change about themselves."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import User

# Offered first: where most users are.
NEAR = (
    "Asia/Tehran",
    "Asia/Kabul",
    "Asia/Dubai",
    "Asia/Riyadh",
    "Asia/Baghdad",
    "Asia/Kuwait",
    "Asia/Qatar",
    "Africa/Cairo",
    "Europe/Istanbul",
    "UTC",
)


def zones() -> list[tuple[str, str]]:
    """Time zones to choose from, by their names in the zone database."""
    rest = sorted(
        name for name in available_timezones() if "/" in name and name not in NEAR
    )
    return [(name, name.replace("_", " ")) for name in (*NEAR, *rest)]


class ProfileForm(forms.ModelForm):
    """Name, phone and preferences; `version` refuses to overwrite unseen changes."""

    timezone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = User
        fields = (
            "name",
            "phone",
            "language",
            "calendar",
            "digits",
            "timezone",
            "week_start",
            "theme",
            "has_shortcuts",
        )

    preferences: ClassVar[tuple[str, ...]] = (
        "language",
        "calendar",
        "digits",
        "timezone",
        "week_start",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["phone"].widget.attrs |= {"dir": "ltr", "autocomplete": "tel"}
        self.fields["name"].widget.attrs |= {"dir": "auto", "autocomplete": "name"}

    def values(self) -> dict[str, Any]:
        """What to write; call after `is_valid`."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AddressForm(forms.Form):
    """A new address to log in with."""

    email = forms.EmailField(label=_("New email"), max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs |= {"dir": "ltr", "autocomplete": "email"}
