"""Codes of an app and recovery codes."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from sarnakh.accounts.models import UsedCode, User
from sarnakh.accounts.tests.factories import PASSWORD, log_in, make_user
from sarnakh.lib.digits import localize

pytestmark = pytest.mark.django_db
STEP = 30


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps))


def switch_on(user: User) -> tuple[str, list[str]]:
    """Through the pages; returns the secret and the recovery codes."""
    client = Client()
    log_in(client, user)
    client.post("/accounts/confirm/?next=/profile/", {"password": PASSWORD})
    page = client.get("/accounts/two-factor/on/")
    secret = page.context["form"].secret
    response = client.post(
        "/accounts/two-factor/on/", {"code": code_of(secret, steps=-1)}
    )
    assert response["Location"] == "/accounts/two-factor/recovery/"
    shown = client.get("/accounts/two-factor/recovery/")
    return secret, shown.context["unused_codes"]


def is_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


def test_switching_on_needs_the_password_again(client: Client) -> None:
    log_in(client, make_user())
    page = client.get("/accounts/two-factor/on/")
    assert page["Location"].startswith("/accounts/confirm/")


def test_the_picture_is_inline_and_the_secret_in_groups_of_four(
    client: Client,
) -> None:
    log_in(client, make_user())
    client.post("/accounts/confirm/?next=/profile/", {"password": PASSWORD})
    page = client.get("/accounts/two-factor/on/")
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert [len(group) for group in page.context["groups"]] == [4] * 8


def test_the_password_alone_gives_no_session(client: Client) -> None:
    user = make_user()
    switch_on(user)
    response = log_in(client, user)
    assert response["Location"] == "/accounts/code/"
    assert not is_in(client)


def test_a_code_of_the_app_lets_in_once(client: Client) -> None:
    user = make_user()
    secret, _ = switch_on(user)
    code, second = code_of(secret), Client()
    for one in (client, second):
        log_in(one, user)
        one.post("/accounts/code/", {"code": code})
    assert is_in(client)
    assert not is_in(second)


def test_a_code_stays_used_as_long_as_it_would_be_good(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make_user()
    secret, _ = switch_on(user)
    code = code_of(secret, steps=1)
    log_in(client, user)
    client.post("/accounts/code/", {"code": code})
    assert is_in(client)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 45)
    second = Client()
    log_in(second, user)
    second.post("/accounts/code/", {"code": code})
    assert not is_in(second)


def test_the_code_that_switched_it_on_does_not_let_in(client: Client) -> None:
    user = make_user()
    secret, _ = switch_on(user)
    log_in(client, user)
    client.post("/accounts/code/", {"code": code_of(secret, steps=-1)})
    assert not is_in(client)


def test_a_code_in_persian_digits_is_understood(client: Client) -> None:
    user = make_user()
    secret, _ = switch_on(user)
    log_in(client, user)
    client.post("/accounts/code/", {"code": localize(code_of(secret), "fa")})
    assert is_in(client)


def test_a_code_can_be_taken_only_once() -> None:
    user = make_user()
    assert UsedCode.take(user.pk, "123456")
    assert not UsedCode.take(user.pk, "123456")
    assert UsedCode.take(make_user().pk, "123456")


def test_a_recovery_code_works_once(client: Client) -> None:
    user = make_user()
    _, codes = switch_on(user)
    assert len(codes) == 8
    second = Client()
    for one in (client, second):
        log_in(one, user)
        one.post("/accounts/code/", {"code": codes[0]})
    assert is_in(client)
    assert not is_in(second)
    second.post("/accounts/code/", {"code": codes[1]})
    assert is_in(second)


def test_recovery_codes_are_shown_once() -> None:
    user, client = make_user(), Client()
    switch_on(user)
    log_in(client, user)
    rows = Authenticator.objects.filter(user=user, type="recovery_codes")
    assert rows.get().data["viewed_at"]


def test_seeds_are_not_in_the_database_in_clear() -> None:
    user = make_user()
    secret, _ = switch_on(user)
    stored = [str(one.data) for one in Authenticator.objects.filter(user=user)]
    assert not any(secret in data for data in stored)


def test_after_ten_wrong_codes_in_an_hour_no_code_helps(client: Client) -> None:
    user = make_user()
    secret, _ = switch_on(user)
    for number in range(10):
        one = Client(REMOTE_ADDR=f"10.0.3.{number}")
        log_in(one, user)
        one.post("/accounts/code/", {"code": "000000"})
    log_in(client, user)
    refused = client.post("/accounts/code/", {"code": code_of(secret)})
    assert refused.status_code == 429
    assert not is_in(client)


def test_the_step_between_password_and_code_lasts_five_minutes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make_user()
    secret, _ = switch_on(user)
    log_in(client, user)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    client.post("/accounts/code/", {"code": code_of(secret)})
    assert not is_in(client)


def test_switching_off_makes_the_password_enough(client: Client) -> None:
    user = make_user()
    secret, _ = switch_on(user)
    log_in(client, user)
    client.post("/accounts/code/", {"code": code_of(secret)})
    client.post("/accounts/confirm/?next=/profile/", {"password": PASSWORD})
    client.post("/accounts/two-factor/off/")
    other = Client()
    assert log_in(other, user)["Location"] == "/"


def test_changes_are_told_to_the_user_and_logged(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    mailoutbox: list[Any],
) -> None:
    from sarnakh.accounts.models import AuditEntry

    user = make_user()
    with django_capture_on_commit_callbacks(execute=True):
        switch_on(user)
    assert [letter.to for letter in mailoutbox] == [[user.email]]
    logged = AuditEntry.objects.filter(event="second-factor", user=user)
    assert {entry.details["kind"] for entry in logged} == {"totp", "recovery_codes"}
