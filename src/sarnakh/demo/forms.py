"""What takes the place of the demo."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models.profile import Language
from sarnakh.demo.removal import Beginning


class BeginningForm(forms.Form):
    """The first real company and its settings manager."""

    company = forms.CharField(label=_("Company"), max_length=200)
    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Your email"), max_length=254)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["dir"] = "ltr"
        for name in ("company", "name"):
            self.fields[name].widget.attrs["dir"] = "auto"

    def beginning(self) -> Beginning:
        """What was filled in; call after `is_valid`."""
        return Beginning(**self.cleaned_data)
