"""What settings managers fill in about a company."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.forms.profile import zones
from sarnakh.accounts.models import Company


class CompanyForm(forms.ModelForm):
    """All fields of a company; `version` refuses to overwrite unseen changes."""

    timezone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Company
        fields = (
            "name",
            "currency",
            "shows_toman",
            "country",
            "email",
            "phone",
            "address",
            "mail_domain",
            "language",
            "calendar",
            "digits",
            "timezone",
            "week_start",
            "active",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        for name in ("email", "phone", "mail_domain", "country"):
            self.fields[name].widget.attrs["dir"] = "ltr"
        for name in ("name", "address"):
            self.fields[name].widget.attrs["dir"] = "auto"

    def clean_country(self) -> str:
        """Country codes are capital letters."""
        country: str = self.cleaned_data["country"]
        return country.upper()

    def values(self) -> dict[str, Any]:
        """What to write; call after `is_valid`."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
