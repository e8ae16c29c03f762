"""What writing leads needs to know, read once for any number of them."""

from dataclasses import dataclass
from functools import cached_property

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company, User
from sarnakh.crm.stages import queries as stage_queries
from sarnakh.crm.stages.choosing import StageFacts
from sarnakh.teams.models import SalesSettings
from sarnakh.teams.queries import TeamFacts, default_team, team_facts


@dataclass(frozen=True)
class Scene:
    """Stages, teams and companies around the leads being written."""

    by: Actor

    @cached_property
    def stages(self) -> list[StageFacts]:
        """All stages."""
        return stage_queries.facts()

    @cached_property
    def stage_by_id(self) -> dict[int, StageFacts]:
        """Stages by number."""
        return {stage.pk: stage for stage in self.stages}

    @cached_property
    def teams(self) -> list[TeamFacts]:
        """Active teams in their order."""
        return team_facts()

    @cached_property
    def team_by_id(self) -> dict[int, TeamFacts]:
        """Teams by number."""
        return {team.pk: team for team in self.teams}

    @cached_property
    def settings(self) -> SalesSettings:
        """The sales switches."""
        return SalesSettings.current()

    @cached_property
    def main_team(self) -> int | None:
        """The session's default team."""
        return next(iter(self.by.team_ids), None)

    @cached_property
    def company_by_id(self) -> dict[int, Company]:
        """Companies by number."""
        return Company.objects.in_bulk()

    @cached_property
    def companies_of(self) -> dict[int, set[int]]:
        """Companies that each user belongs to."""
        found: dict[int, set[int]] = {}
        pairs = User.companies.through._default_manager.values_list(
            "user_id", "company_id"
        )
        for user_id, company_id in pairs:
            found.setdefault(user_id, set()).add(company_id)
        return found

    def country_of(self, company_id: int | None) -> str:
        """Country for reading local phone numbers."""
        if company_id in (None, self.by.company.pk):
            return self.by.company.country
        company = self.company_by_id.get(company_id) or self.by.company
        return company.country

    def team_for(self, user_id: int | None, *, is_lead: bool) -> int | None:
        """The default team of a salesperson."""
        return default_team(
            self.teams,
            user_id,
            is_lead=is_lead,
            company_ids=self.by.company_ids,
            main_team=self.main_team,
        )
