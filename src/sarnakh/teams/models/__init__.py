"""Sales teams, their members, and the switches that every team shares."""

from sarnakh.teams.models.settings import SalesSettings
from sarnakh.teams.models.team import Member, Team

__all__ = ["Member", "SalesSettings", "Team"]
