"""What settings managers fill in about people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts import queries
from sarnakh.accounts.actions import LADDER, Invited
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.models.profile import Language
from sarnakh.accounts.roles import LABELS, Role

TICKED = (Role.EXPORT, Role.IMPORT, Role.ADMINISTRATOR)


class RolesForm(forms.Form):
    """One step of the sales ladder, and roles of their own."""

    sales = forms.ChoiceField(
        label=_("Sales"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", _("None")), *((role.value, LABELS[role]) for role in LADDER)],
    )
    others = forms.MultipleChoiceField(
        label=_("Also"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(role.value, LABELS[role]) for role in TICKED],
    )

    @staticmethod
    def initial_of(user: User) -> dict[str, Any]:
        """What the form shows for the roles a user has."""
        return {
            "sales": next((role for role in LADDER if role in user.roles), ""),
            "others": [role.value for role in TICKED if role in user.roles],
        }

    def roles(self) -> tuple[str, ...]:
        """The roles chosen; call after `is_valid`."""
        sales = self.cleaned_data["sales"]
        return (*([sales] if sales else []), *self.cleaned_data["others"])


class PersonForm(forms.Form):
    """Name, address, language and companies."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Email"), max_length=254)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    company = forms.ModelChoiceField(
        label=_("Company"), queryset=Company.objects.none()
    )
    companies = forms.ModelMultipleChoiceField(
        label=_("Allowed companies"),
        queryset=Company.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reachable = queries.companies_of(by).filter(active=True)
        for name in ("company", "companies"):
            self.fields[name].queryset = reachable  # type: ignore[attr-defined]
        self.fields["company"].initial = by.company
        self.fields["language"].initial = by.company.language
        for name in ("email", "phone"):
            self.fields[name].widget.attrs["dir"] = "ltr"
        self.fields["name"].widget.attrs["dir"] = "auto"

    def invited(self, roles: tuple[str, ...]) -> Invited:
        """Who is to be invited; call after `is_valid`."""
        data = self.cleaned_data
        return Invited(
            name=data["name"],
            email=data["email"],
            phone=data["phone"],
            language=data["language"],
            company=data["company"],
            companies=tuple(data["companies"]),
            roles=roles,
        )


class UserForm(PersonForm):
    """The same for somebody who is there; `version` as in other forms."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, by: Actor, **kwargs: Any) -> None:
        initial = {
            "name": user.name,
            "email": user.email,
            "phone": user.phone,
            "language": user.language,
            "company": user.company,
            "companies": list(user.companies.all()),
            "version": user.version,
        }
        super().__init__(*args, by=by, initial=initial, **kwargs)

    def values(self) -> dict[str, Any]:
        """Plain fields to write; call after `is_valid`."""
        return {name: self.cleaned_data[name] for name in ("name", "phone", "language")}
