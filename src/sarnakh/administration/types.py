"""Users and companies as described records: readable by all, written by few."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule
from sarnakh.records.types import RecordType, Search, Writers, describe


def _on_their_pages(*args: object, by: Actor, **kwargs: object) -> NoReturn:
    """Users and companies are written on their own pages, with their own checks."""
    raise PermissionDenied


USERS = RecordType(
    name="users",
    model=User,
    label=_("User"),
    label_plural=_("Users"),
    access=Access(
        {Role.INTERNAL: "read"},
        rules=(
            Rule(
                None,
                [
                    "|",
                    ["companies", "in", "@companies"],
                    ["company", "in", "@companies"],
                ],
            ),
        ),
    ),
    fields=describe(
        User,
        "name",
        "email",
        "phone",
        "company",
        "companies",
        "is_active",
        targets={"company": "companies", "companies": "companies"},
        email={"widget": "email"},
        phone={"widget": "phone"},
    ),
    writers=Writers(
        create=_on_their_pages, change=_on_their_pages, delete=_on_their_pages
    ),
    order=("name", "pk"),
    active="is_active",
    search=(Search(name="text", label=_("Name"), fields=("name", "email")),),
)

COMPANIES = RecordType(
    name="companies",
    model=Company,
    label=_("Company"),
    label_plural=_("Companies"),
    access=Access(
        {Role.INTERNAL: "read"}, rules=(Rule(None, [["id", "in", "@companies"]]),)
    ),
    fields=describe(
        Company,
        "name",
        "currency",
        "country",
        "language",
        "calendar",
        "timezone",
        "email",
        "phone",
        "active",
    ),
    writers=Writers(
        create=_on_their_pages, change=_on_their_pages, delete=_on_their_pages
    ),
    order=("name", "pk"),
    active="active",
    search=(Search(name="text", label=_("Name"), fields=("name",)),),
)
