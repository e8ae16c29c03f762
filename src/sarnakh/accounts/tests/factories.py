"""Companies and people for tests."""

from itertools import count
from typing import Any

from django.test import Client

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role

PASSWORD = "Rainy quill 47 tram"
_numbers = count(1)


def make_company(**values: Any) -> Company:
    """A company of Iran."""
    return Company.objects.create(**{"name": f"Company {next(_numbers)}", **values})


def make_user(
    *roles: Role,
    company: Company | None = None,
    password: str | None = PASSWORD,
    **values: Any,
) -> User:
    """Somebody of the company, in English unless said otherwise."""
    number = next(_numbers)
    company = company or Company.objects.first() or make_company()
    defaults = {"name": f"Person {number}", "language": "en", "digits": "latin"}
    user = User.objects.create_user(
        values.pop("email", f"person{number}@example.ir"),
        password,
        company=company,
        roles=[Role.INTERNAL, *roles],
        **{**defaults, **values},
    )
    user.companies.add(company)
    return user


def make_actor(*roles: Role, **values: Any) -> Actor:
    """The same as somebody acting."""
    return actor_for(make_user(*roles, **values))


def make_manager(**values: Any) -> Actor:
    """An acting settings manager."""
    return make_actor(Role.ADMINISTRATOR, **values)


def log_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    """Through the log-in page, as a browser does."""
    return client.post("/accounts/login/", {"login": user.email, "password": password})
