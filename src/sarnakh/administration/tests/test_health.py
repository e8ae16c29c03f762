"""Two answers for machines."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from sarnakh.administration import health
from sarnakh.jobs.models import Job


def ask(rf, view) -> tuple[int, dict]:
    response = view(rf.get("/"))
    return response.status_code, json.loads(response.content)


def test_alive_touches_nothing(rf):
    # Without the database mark every query fails.
    assert health.healthz(rf.get("/healthz")).status_code == 200


@pytest.mark.django_db
def test_ready_when_all_is_well(rf):
    assert ask(rf, health.readyz) == (200, {"ready": True, "failing": []})


@pytest.mark.django_db
def test_a_queue_that_stands_still_is_named_without_a_reason(rf):
    Job.objects.create(task="x", run_after=timezone.now() - timedelta(minutes=6))
    assert ask(rf, health.readyz) == (503, {"ready": False, "failing": ["queue"]})


def test_a_database_that_is_away_is_an_answer_not_an_error(rf, monkeypatch):
    def fail() -> bool:
        raise DatabaseError("password of the database")

    parts = dict.fromkeys(health.PARTS, fail)
    monkeypatch.setattr(health, "PARTS", parts)
    assert ask(rf, health.readyz) == (503, {"ready": False, "failing": ["database"]})


def test_a_full_disk_is_named(rf, monkeypatch):
    monkeypatch.setattr(health, "FREE_SPACE", 1 << 62)
    parts = {"disk": health.disk_has_room}
    monkeypatch.setattr(health, "PARTS", parts)
    assert ask(rf, health.readyz) == (503, {"ready": False, "failing": ["disk"]})
