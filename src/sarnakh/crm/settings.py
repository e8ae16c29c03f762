"""Changing the switches of the sales app, with what follows from them."""

from django.db import transaction

from sarnakh.accounts import audit
from sarnakh.accounts.actor import Actor
from sarnakh.teams.models import SalesSettings, Team

SWITCHES = ("uses_leads", "uses_multi_teams", "uses_recurring_revenue")


@transaction.atomic
def change(switches: dict[str, bool], *, by: Actor) -> SalesSettings:
    """Save the switches; turning Leads on or off does so on the teams as well."""
    current = SalesSettings.current()
    before = {name: getattr(current, name) for name in SWITCHES}
    for name in SWITCHES:
        setattr(current, name, switches.get(name, before[name]))
    current.save()
    if current.uses_leads != before["uses_leads"]:
        teams = Team.objects.filter(uses_pipeline=True)
        (teams if current.uses_leads else Team.objects.all()).update(
            uses_leads=current.uses_leads
        )
    changed = {
        name: [before[name], getattr(current, name)]
        for name in SWITCHES
        if before[name] != getattr(current, name)
    }
    if changed:
        audit.record(audit.Event.SETTINGS, by=by, subject="sales", **changed)
    return current
