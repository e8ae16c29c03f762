"""A form sent after the session had ended comes back filled in."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from sarnakh.accounts.interrupted import KEY, LARGEST
from sarnakh.accounts.models import User
from sarnakh.accounts.tests.factories import PASSWORD, log_in, make_user

pytestmark = pytest.mark.django_db
PROFILE = "/profile/"


def next_of(response: Any) -> str:
    return parse_qs(urlsplit(response["Location"]).query)["next"][0]


def typed(user: User, **values: Any) -> dict[str, Any]:
    return {
        "name": "Typed before the log-in",
        "phone": "0912",
        "language": "en",
        "calendar": "hijri",
        "digits": "latin",
        "timezone": "Asia/Tehran",
        "week_start": 5,
        "theme": "dark",
        "version": user.version,
        **values,
    }


def test_what_was_typed_survives_the_log_in(client: Client) -> None:
    user = make_user()
    log_in(client, user)
    client.session.flush()
    sent = client.post(PROFILE, typed(user))
    assert next_of(sent) == PROFILE
    back = client.post(
        sent["Location"], {"login": user.email, "password": PASSWORD, "next": PROFILE}
    )
    assert back["Location"] == PROFILE
    form = client.get(PROFILE).context["form"]
    assert form["name"].value() == "Typed before the log-in"
    assert form["calendar"].value() == "hijri"
    user.refresh_from_db()
    assert user.name != "Typed before the log-in"


def test_it_is_handed_back_once_and_only_to_its_page(client: Client) -> None:
    user = make_user()
    client.post(PROFILE, typed(user))
    log_in(client, user)
    client.get("/profile/sessions/")
    assert client.get(PROFILE).context["form"]["name"].value() != user.name
    assert client.get(PROFILE).context["form"]["name"].value() == user.name


def test_passwords_tokens_and_files_are_not_kept(client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.post(
        PROFILE,
        {
            "name": "x",
            "password1": "Lantern 9 gravel oboe",
            "csrfmiddlewaretoken": "t" * 64,
            "client_secret": "s",
            "photo": SimpleUploadedFile("photo.png", b"photo"),
        },
    )
    assert client.session[KEY]["data"] == "name=x"


def test_too_much_is_not_kept(client: Client) -> None:
    client.post(PROFILE, {"name": "x" * LARGEST})
    assert KEY not in client.session


def test_the_way_back_is_the_page_of_the_form(client: Client) -> None:
    referer = {"Referer": "http://testserver/leads/7/?tab=notes"}
    sent = client.post(PROFILE, {"name": "x"}, headers=referer)
    assert next_of(sent) == "/leads/7/?tab=notes"
    assert client.session[KEY]["path"] == "/leads/7/"


def test_a_page_of_another_host_is_no_way_back(client: Client) -> None:
    referer = {"Referer": "https://evil.example/leads/7/"}
    assert next_of(client.post(PROFILE, {"name": "x"}, headers=referer)) == PROFILE


def test_a_get_keeps_its_whole_address(client: Client) -> None:
    assert next_of(client.get("/profile/?a=1&b=2")) == "/profile/?a=1&b=2"


def test_a_fragment_sends_the_whole_page_to_the_log_in(client: Client) -> None:
    response = client.get(
        "/profile/preview/",
        headers={
            "HX-Request": "true",
            "HX-Current-URL": "http://testserver/profile/?a=1",
        },
    )
    assert response.status_code == 200
    assert response["HX-Redirect"] == "/accounts/login/?next=%2Fprofile%2F%3Fa%3D1"


def test_strangers_fill_the_store_only_slowly() -> None:
    kept = []
    for _ in range(12):
        client = Client()
        client.post(PROFILE, {"name": "x"})
        kept.append(KEY in client.session)
    assert kept == [True] * 10 + [False] * 2
