"""The person on whose behalf code runs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.lib.profile import Profile


@dataclass(frozen=True)
class Actor:
    """A user with the companies ticked in the switcher; what `by=` takes.

    `user` is None for the system, which owns nothing and is nobody's colleague.
    """

    user: User | None
    company: Company
    company_ids: tuple[int, ...]
    roles: frozenset[Role] = field(default_factory=frozenset)
    is_system: bool = False
    allowed_ids: tuple[int, ...] = ()
    # An actor that is made from another one remembers nothing of it.
    _memory: dict[object, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def once(self, key: object, compute: Callable[[], Any]) -> Any:
        """Something that several parts of one request ask for: computed once.

        An actor lives as long as its request, so nothing here grows old.
        """
        if key not in self._memory:
            self._memory[key] = compute()
        return self._memory[key]

    @property
    def user_id(self) -> int | None:
        """Id of the user, None for the system."""
        return self.user.pk if self.user else None

    @cached_property
    def profile(self) -> Profile:
        """Whose calendar and digits: the user's, else the company's."""
        owner = self.user or self.company
        return owner.profile(toman=self.company.shows_toman)

    def has(self, role: Role) -> bool:
        """Whether the actor holds the role; the system holds all."""
        return self.is_system or role in self.roles

    @cached_property
    def team_ids(self) -> tuple[int, ...]:
        """Teams that the user belongs to or leads, main team first."""
        from django.apps import apps
        from django.db.models import DateTimeField, Value

        if self.user is None:
            return ()
        members = apps.get_model("teams", "Member").objects
        teams = apps.get_model("teams", "Team").objects
        own = members.filter(user=self.user, active=True).values_list(
            "team_id", "created_at"
        )
        led = teams.filter(leader=self.user).values_list(
            "pk", Value(None, output_field=DateTimeField())
        )
        found = sorted(
            own.order_by().union(led.order_by(), all=True),
            key=lambda row: (row[1] is None, str(row[1]), row[0]),
        )
        return tuple(dict.fromkeys(team_id for team_id, _since in found))


def actor_for(user: User, company_ids: tuple[int, ...] = ()) -> Actor:
    """The actor for a user; `company_ids` narrows to companies ticked now."""
    companies = user.known_companies
    if companies is None:
        companies = tuple(user.companies.filter(active=True).order_by("pk"))
    allowed = {company.pk: company for company in companies}
    allowed = allowed or {user.company_id: user.company}
    # The first one ticked is the current company.
    ticked = [allowed[pk] for pk in company_ids if pk in allowed]
    if not ticked:
        ticked = [allowed.get(user.company_id) or next(iter(allowed.values()))]
    return Actor(
        user=user,
        company=ticked[0],
        company_ids=tuple(c.pk for c in ticked),
        roles=user.role_set,
        allowed_ids=tuple(allowed),
    )


def system_actor(company: Company | None = None) -> Actor:
    """The system itself, for jobs that belong to nobody.

    Every use names its reason where it stands; `tests/architecture` lists them.
    """
    company = company or Company.objects.order_by("pk").first()
    if company is None:
        raise RuntimeError("No company has been set up yet.")
    ids = tuple(Company.objects.values_list("pk", flat=True))
    return Actor(user=None, company=company, company_ids=ids, is_system=True)
