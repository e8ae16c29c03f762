"""What settings managers fill in about a company."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.forms.profile import zones
from sarnakh.accounts.models import Company

NUMBERS = ("zip", "national_id", "economic_number", "registration_number", "tax_number")
GROUPS = (
    (_("Company"), ("name", "parent", "currency", "shows_toman", "active")),
    (_("Contact"), ("email", "phone", "website", "mail_domain")),
    (_("Address"), ("address", "city", "state", "zip", "country")),
    (
        _("Legal identifiers"),
        ("national_id", "economic_number", "registration_number", "tax_number"),
    ),
    (
        _("Language and calendar"),
        ("language", "calendar", "digits", "timezone", "week_start"),
    ),
)


class CompanyForm(forms.ModelForm):
    """All fields of a company; `version` refuses to overwrite unseen changes."""

    timezone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Company
        fields = (
            "name",
            "parent",
            "currency",
            "shows_toman",
            "email",
            "phone",
            "website",
            "mail_domain",
            "address",
            "city",
            "state",
            "zip",
            "country",
            "national_id",
            "economic_number",
            "registration_number",
            "tax_number",
            "language",
            "calendar",
            "digits",
            "timezone",
            "week_start",
            "active",
        )

    def __init__(
        self, *args: Any, companies: "QuerySet[Company]", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        for name in ("email", "phone", "mail_domain", "website", "country", *NUMBERS):
            self.fields[name].widget.attrs["dir"] = "ltr"
        for name in ("name", "address", "city", "state"):
            self.fields[name].widget.attrs["dir"] = "auto"
        parents = cast("forms.ModelChoiceField", self.fields["parent"])
        parents.queryset = companies.exclude(pk=self.instance.pk)
        parents.help_text = _("Taxes that the company lacks come from there.")

    def clean_country(self) -> str:
        """Country codes are capital letters."""
        country: str = self.cleaned_data["country"]
        return country.upper()

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]

    def values(self) -> dict[str, Any]:
        """What to write; call after `is_valid`."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
