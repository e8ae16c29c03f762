"""No table remembers a demo that went."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

from sarnakh.accounts import actions as accounts
from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.models import User
from sarnakh.demo import actions
from sarnakh.demo.removal import Beginning

OURS = Beginning("Real Ltd", "Sara Real", "sara@real.example", "en")
# What happened stays written: who loaded and removed it.
KEPT = {"accounts.AuditEntry"}


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.label not in KEPT
    }


@pytest.mark.django_db
def test_every_table_is_as_after_a_set_up_that_never_had_a_demo(room: Path) -> None:
    with transaction.atomic():
        accounts.set_up(
            company=OURS.company,
            name=OURS.name,
            email=OURS.email,
            language=OURS.language,
        )
        fresh = rows()
        transaction.set_rollback(True)
    actions.load(("en",))
    loaded = rows()
    assert loaded["sales.Order"]
    assert loaded["invoicing.Payment"]
    boss = User.objects.get(email="nora@alderbyte.example")
    actions.remove(by=actor_for(boss), beginning=OURS)
    left = rows()
    assert {n: (left[n], fresh[n]) for n in left if left[n] != fresh[n]} == {}
