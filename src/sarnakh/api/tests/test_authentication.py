"""Keys: how they are sent, what they are good for, how often."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone

from sarnakh.accounts import actions as accounts
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import AuditEntry
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_manager, make_user
from sarnakh.api import keys, rates
from sarnakh.api.models import ApiKey
from sarnakh.api.tests.scene import BASE, Api, Scene, error_of, key_of, make_scene

pytestmark = pytest.mark.django_db


def test_a_key_is_long_random_shown_once_and_kept_as_a_hash(scene: Scene):
    key, written = keys.create("Sync", by=scene.by("owner"))
    assert len(written) >= 43
    assert key.prefix == written[:8]
    assert key.scope == "read"
    stored = [str(value) for value in ApiKey.objects.values_list().get(pk=key.pk)]
    assert not any(written in value for value in stored)
    assert AuditEntry.objects.filter(event="key", subject="Sync").count() == 1


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer nonsense",
        "Basic {key}",
        "{key}",
        "Bearer {key}x",
    ],
)
def test_only_a_valid_bearer_key_opens(scene: Scene, header: str):
    written = scene.api().written
    headers = {"Authorization": header.format(key=written)} if header else {}
    response = Client().get(f"{BASE}/leads", headers=headers)
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert error_of(response)["code"] == "unauthorized"


@pytest.mark.parametrize("name", ["key", "api_key", "access_token", "token", "API_KEY"])
def test_a_key_in_the_address_is_refused_even_beside_a_good_header(
    scene: Scene, name: str
):
    api = scene.api()
    assert api.get("/leads", **{name: api.written}).status_code == 401


def test_a_session_does_not_open_the_interface_and_none_is_begun(scene: Scene):
    client = Client()
    client.force_login(scene.people["manager"])
    assert client.get(f"{BASE}/leads").status_code == 401
    response = scene.api().get("/leads")
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"] == "application/json"


def test_revoked_expired_and_archived_end_a_key_at_once(scene: Scene):
    revoked, expired = scene.api("owner"), scene.api("owner")
    keys.revoke(key_of(revoked), by=scene.by("owner"))
    ApiKey.objects.filter(pk=key_of(expired).pk).update(expires_at=timezone.now())
    archived = scene.api("colleague")
    administrator = make_manager(company=scene.company)
    accounts.archive_user(scene.people["colleague"], by=administrator)
    assert key_of(archived).revoked_at is not None
    for api in (revoked, expired, archived):
        assert api.get("/leads").status_code == 401


def test_somebody_who_is_no_longer_of_the_house_cannot_call(scene: Scene):
    api = scene.api("owner")
    user = scene.people["owner"]
    user.roles = [Role.PORTAL]
    user.save(update_fields=["roles"])
    assert api.get("/leads").status_code == 401


def test_only_the_owner_or_a_settings_manager_revokes(scene: Scene):
    key = key_of(scene.api("owner"))
    with pytest.raises(PermissionDenied):
        keys.revoke(key, by=scene.by("manager"))
    key.refresh_from_db()
    assert key.revoked_at is None
    keys.revoke(key, by=make_manager(company=scene.company))
    key.refresh_from_db()
    assert key.revoked_at is not None


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE", "PUT"])
def test_a_reading_key_is_refused_before_anything_else(scene: Scene, method: str):
    api = scene.api("manager", scope="read")
    for path in ("/leads", "/nothing", f"/leads/{scene.leads['owner'].pk}"):
        response = api.send(method, path, raw=b"{not json")
        assert response.status_code == 403
        assert error_of(response)["code"] == "scope"


def test_a_key_for_some_types_opens_no_others(scene: Scene):
    api = scene.api("manager", types=["tags"])
    assert api.get("/tags").status_code == 200
    for path in ("/leads", "/leads/1", "/nothing"):
        assert error_of(api.get(path))["code"] == "scope"
    names = [one["name"] for one in api.get("/").json()["types"]]
    assert names == ["tags"]


def test_the_hundred_and_twenty_first_call_waits(scene: Scene, settings):
    settings.API_PER_MINUTE = 3
    api, other = scene.api("owner"), scene.api("owner")
    assert [api.get("/").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    response = api.get("/")
    assert error_of(response)["code"] == "too-many-requests"
    assert 1 <= int(response["Retry-After"]) <= 60
    assert other.get("/").status_code == 200


def test_the_next_minute_is_free_again_and_notes_the_use(scene: Scene, settings):
    settings.API_PER_MINUTE = 1
    key = key_of(scene.api())
    now = dt.datetime(2025, 7, 3, 10, 0, 20, tzinfo=dt.UTC)
    assert rates.take(key, now) == 0
    assert rates.take(key, now) == 40
    later = now + dt.timedelta(minutes=1)
    assert rates.take(key, later) == 0
    key.refresh_from_db()
    assert key.last_used_at == later


@pytest.mark.django_db(transaction=True)
def test_calls_at_the_same_moment_share_one_limit(settings):
    settings.API_PER_MINUTE = 5
    key = key_of(make_scene().api())
    now, waits = timezone.now(), []

    def call() -> None:
        waits.extend(rates.take(key, now) for _ in range(4))
        connection.close()

    threads = [threading.Thread(target=call) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert waits.count(0) == 5
    assert len(waits) == 12


def test_companies_are_chosen_by_a_header(scene: Scene):
    user = scene.people["manager"]
    user.companies.add(scene.elsewhere)
    api = scene.api("manager")
    here, there = scene.company.pk, scene.elsewhere.pk

    def names(header: str) -> set[str]:
        items = api.send("GET", "/leads", X_Company=header).json()["items"]
        return {one["name"] for one in items}

    own = {"Lead of owner", "Lead of colleague"}
    assert names("") == own
    assert names(str(here)) == own
    assert names(str(there)) == {"Lead of foreign"}
    assert names(f"{there},{here}") == own | {"Lead of foreign"}
    index = api.send("GET", "/", X_Company=f"{there}, {here}").json()
    assert index["companies"] == [there, here]


def test_a_company_of_others_is_refused_like_one_that_is_not_there(scene: Scene):
    api = scene.api("manager")
    answers = [
        api.send("GET", "/leads", X_Company=header)
        for header in (str(scene.elsewhere.pk), "987654321")
    ]
    assert [one.status_code for one in answers] == [403, 403]
    assert answers[0].content == answers[1].content
    for header in ("x", "1,", "-1", "۱", "1" * 30):
        assert api.send("GET", "/leads", X_Company=header).status_code == 400


def test_labels_follow_the_language_asked_for(scene: Scene):
    api = scene.api()
    response = api.send("GET", "/leads/fields", Accept_Language="fa-IR, en;q=0.5")
    assert response["Content-Language"] == "fa"
    assert api.send("GET", "/", Accept_Language="xx")["Content-Language"] == "en"
    assert api.send("GET", "/", Accept_Language="é;q=x")["Content-Language"] == "en"


def test_portal_users_get_no_key(db: None):
    company = make_company()
    user = make_user(company=company)
    actor = Actor(user, company, (company.pk,), frozenset({Role.PORTAL}))
    with pytest.raises(keys.NotForPortal):
        keys.create("Portal", by=actor)
    assert not ApiKey.objects.exists()


def test_a_stranger_learns_nothing_about_addresses(db: None):
    stranger = Api("wrong" * 9)
    answers = {
        stranger.send(method, path).content
        for method in ("GET", "POST", "DELETE")
        for path in ("/", "/leads", "/leads/1", "/nothing/at/all")
    }
    assert len(answers) == 1
