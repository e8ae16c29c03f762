"""The page where people make and revoke their keys."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from sarnakh.accounts.models import User
from sarnakh.accounts.tests.factories import PASSWORD, log_in, make_manager
from sarnakh.api.models import ApiKey
from sarnakh.api.tests.scene import Api, Scene, key_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_files(settings) -> None:
    """No collected files are needed to look at a page."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


def _confirmed(client: Client, user: User) -> Client:
    """Logged in, with the password typed again just now."""
    log_in(client, user)
    client.post("/accounts/confirm/?next=/keys/", {"password": PASSWORD})
    return client


@pytest.fixture
def client(scene: Scene) -> Client:
    """The owner, just logged in."""
    user = scene.people["owner"]
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return _confirmed(Client(), user)


def test_strangers_log_in_first(db: None):
    response = Client().get(reverse("api-keys:list"))
    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_a_key_is_made_shown_once_and_works(scene: Scene, client: Client):
    address = reverse("api-keys:list")
    assert client.get(address).status_code == 200
    response = client.post(
        address,
        {"name": "Sync", "scope": "write", "lifetime": "30", "types": ["leads"]},
    )
    assert response.status_code == 200
    shown = re.search(r'dir="ltr">([\w-]{43})</code>', response.content.decode())
    assert shown
    written = shown[1]
    assert Api(written).get("/leads").status_code == 200
    assert Api(written).get("/contacts").status_code == 403
    page = client.get(address).content.decode()
    assert written not in page
    assert written[:8] in page
    key = ApiKey.objects.get()
    assert (key.name, key.types) == ("Sync", ["leads"])
    assert key.expires_at is not None


def test_a_key_without_name_or_for_unknown_types_is_refused(
    scene: Scene, client: Client
):
    for values in ({"scope": "read"}, {"name": "x", "scope": "all"},
                   {"name": "x", "scope": "read", "types": ["nothing"]}):  # fmt: skip
        response = client.post(reverse("api-keys:list"), values)
        assert response.status_code == 422
    assert not ApiKey.objects.exists()


def test_own_keys_are_revoked_and_those_of_others_do_not_exist(
    scene: Scene, client: Client
):
    own, other = key_of(scene.api("owner")), key_of(scene.api("colleague"))
    assert client.post(reverse("api-keys:revoke", args=[own.pk])).status_code == 302
    assert client.post(reverse("api-keys:revoke", args=[other.pk])).status_code == 404
    own.refresh_from_db()
    other.refresh_from_db()
    assert own.revoked_at is not None
    assert other.revoked_at is None
    assert client.get(reverse("api-keys:revoke", args=[other.pk])).status_code == 405


def test_settings_managers_see_and_end_the_keys_of_others(scene: Scene):
    manager = make_manager(company=scene.company)
    key, foreign = key_of(scene.api("owner")), key_of(scene.api("foreigner"))
    assert manager.user is not None
    client = _confirmed(Client(), manager.user)
    page = client.get(reverse("api-keys:list")).content.decode()
    assert "Omid Ghaffari" in page
    assert "Ziba Far" not in page
    client.post(reverse("api-keys:revoke", args=[key.pk]))
    client.post(reverse("api-keys:revoke", args=[foreign.pk]))
    key.refresh_from_db()
    foreign.refresh_from_db()
    assert key.revoked_at is not None
    assert foreign.revoked_at is None


def test_the_password_is_asked_for_before_a_key_is_made(scene: Scene):
    user = scene.people["owner"]
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    client, address = Client(), reverse("api-keys:list")
    log_in(client, user)
    assert client.get(address).status_code == 200
    response = client.post(address, {"name": "Sync", "scope": "read"})
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/confirm/")
    assert not ApiKey.objects.exists()
    key = key_of(scene.api("owner"))
    client.post(reverse("api-keys:revoke", args=[key.pk]))
    key.refresh_from_db()
    assert key.revoked_at is None
