"""How sessions end: by time, by hand, by archiving, by a new password."""

import time
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from sarnakh.accounts import actions, sessions
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import PASSWORD, log_in, make_manager, make_user

pytestmark = pytest.mark.django_db
PROFILE = "/profile/"


def is_in(client: Client) -> bool:
    return client.get(PROFILE).status_code == 200


def age(client: Client, **values: int) -> None:
    session = client.session
    for name, seconds in values.items():
        session[name] = int(time.time()) - seconds
    session.save()


@pytest.mark.parametrize(
    ("values", "stays"),
    [
        ({"seen": 6 * 86400}, True),
        ({"seen": 7 * 86400 + 60}, False),
        ({"began": 29 * 86400, "seen": 60}, True),
        ({"began": 30 * 86400 + 60, "seen": 60}, False),
    ],
)
def test_seven_idle_days_or_thirty_in_all_end_a_session(
    client: Client, values: dict[str, int], stays: bool
) -> None:
    log_in(client, make_user())
    key = client.session.session_key
    age(client, **values)
    assert is_in(client) is stays
    assert client.session.exists(key) is stays


def test_last_seen_moves_on_only_now_and_then(client: Client) -> None:
    user = make_user()
    log_in(client, user)
    first = sessions.of(user)[0].last_seen_at
    client.get(PROFILE)
    assert sessions.of(user)[0].last_seen_at == first
    age(client, seen=20 * 60)
    client.get(PROFILE)
    assert sessions.of(user)[0].last_seen_at > first


def test_archiving_ends_all_sessions_at_once(client: Client) -> None:
    manager, user = make_manager(), make_user()
    log_in(client, user)
    actions.archive_user(user, by=manager)
    assert not is_in(client)
    actions.restore_user(user, by=manager)
    assert not is_in(client)


def test_an_archived_user_is_out_even_when_the_session_row_stayed(
    client: Client,
) -> None:
    user = make_user()
    client.force_login(user)
    assert is_in(client)
    key = client.session.session_key
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(client)
    assert not client.session.exists(key)


def test_other_roles_act_at_once_under_a_new_session_id(client: Client) -> None:
    manager, user = make_manager(), make_user()
    log_in(client, user)
    before = client.session.session_key
    actions.change_roles(user, [Role.SALES_ALL], by=manager)
    assert is_in(client)
    assert client.session.session_key != before
    assert [one.session_key for one in sessions.of(user)] == [
        client.session.session_key
    ]


def test_a_new_password_keeps_the_own_session_and_ends_the_others(
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    mailoutbox: list[Any],
) -> None:
    user, other = make_user(), Client()
    log_in(client, user)
    log_in(other, user)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            "/accounts/password/",
            {
                "oldpassword": PASSWORD,
                "password1": "Lantern 9 gravel oboe",
                "password2": "Lantern 9 gravel oboe",
            },
        )
    assert response.status_code == 302
    assert is_in(client)
    assert not is_in(other)
    assert [letter.to for letter in mailoutbox] == [[user.email]]
    user.refresh_from_db()
    assert user.check_password("Lantern 9 gravel oboe")


def test_a_new_password_needs_the_old_one(client: Client) -> None:
    user = make_user()
    log_in(client, user)
    client.post(
        "/accounts/password/",
        {
            "oldpassword": "not the old one",
            "password1": "Lantern 9 gravel oboe",
            "password2": "Lantern 9 gravel oboe",
        },
    )
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def confirm(client: Client) -> None:
    client.post("/accounts/confirm/?next=/profile/", {"password": PASSWORD})


def test_one_session_can_be_ended_from_another(client: Client) -> None:
    user = make_user()
    other = Client(
        headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}
    )
    log_in(client, user)
    log_in(other, user)
    confirm(client)
    page = client.get("/profile/sessions/").content.decode()
    assert "Firefox · Windows" in page
    key = other.session.session_key
    row = next(one for one in sessions.of(user) if one.session_key == key)
    client.post(f"/profile/sessions/{row.pk}/end/")
    assert is_in(client)
    assert not is_in(other)


def test_all_others_can_be_ended_at_once(client: Client) -> None:
    user, others = make_user(), [Client(), Client()]
    for one in (client, *others):
        log_in(one, user)
    confirm(client)
    client.post("/profile/sessions/end/")
    assert is_in(client)
    assert not any(map(is_in, others))


def test_a_strangers_session_cannot_be_ended(client: Client) -> None:
    user, stranger, other = make_user(), make_user(), Client()
    log_in(client, user)
    log_in(other, stranger)
    confirm(client)
    row = sessions.of(stranger)[0]
    assert client.post(f"/profile/sessions/{row.pk}/end/").status_code == 404
    assert is_in(other)


def test_ending_sessions_asks_for_the_password_again(client: Client) -> None:
    user, other = make_user(), Client()
    log_in(client, user)
    log_in(other, user)
    asked = client.post("/profile/sessions/end/")
    assert asked["Location"] == "/accounts/confirm/?next=%2Fprofile%2Fsessions%2Fend%2F"
    assert is_in(other)
    # The password given, the request that was held back is carried out.
    client.post(asked["Location"], {"password": PASSWORD})
    assert not is_in(other)


def test_the_password_counts_for_ten_minutes(client: Client) -> None:
    log_in(client, make_user())
    confirm(client)
    assert client.post("/profile/sessions/end/")["Location"] == "/profile/sessions/"
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 601
    session.save()
    again = client.post("/profile/sessions/end/")
    assert again["Location"].startswith("/accounts/confirm/")
