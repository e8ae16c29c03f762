"""Invitations, new passwords, new addresses: links that work once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from sarnakh.accounts import actions, links
from sarnakh.accounts.actions import Invited
from sarnakh.accounts.errors import AddressTaken, AlreadySetUp, LinkSpent
from sarnakh.accounts.links import Purpose
from sarnakh.accounts.models import AuditEntry, OneTimeLink, User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import (
    PASSWORD,
    log_in,
    make_company,
    make_manager,
    make_user,
)

pytestmark = pytest.mark.django_db
NEW = "Lantern 9 gravel oboe"
BOTH = {"password1": NEW, "password2": NEW}


@pytest.fixture
def send(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    mailoutbox: list[Any],
) -> Any:
    """Carry out an action with its letters; returns those it sent."""

    def sending(action: Any, *args: Any, **kwargs: Any) -> list[Any]:
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            action(*args, **kwargs)
        return mailoutbox[before:]

    return sending


def path_in(letter: Any) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/link/\S+)", letter.body)
    assert found
    return found.group(1)


def new_person(**values: Any) -> Invited:
    company = values.pop("company", None) or make_company()
    return Invited(
        **{
            "name": "نسترن امینی",
            "email": "nastaran@example.ir",
            "company": company,
            "roles": (Role.SALES_OWN,),
            **values,
        }
    )


def test_an_invitation_sets_the_password_and_works_once(
    client: Client, send: Any
) -> None:
    manager = make_manager(company=make_company())
    [letter] = send(actions.invite, new_person(company=manager.company), by=manager)
    assert letter.to == ["nastaran@example.ir"]
    path = path_in(letter)
    for _ in range(2):
        page = client.get(path)
        assert page.status_code == 200
        assert page["Referrer-Policy"] == "no-referrer"
    assert client.post(path, BOTH)["Location"] == "/accounts/login/"
    user = User.objects.get(email="nastaran@example.ir")
    assert log_in(Client(), user, NEW)["Location"] == "/"
    again = Client().post(path, {"password1": PASSWORD, "password2": PASSWORD})
    assert again.status_code == 410
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_the_invitation_speaks_the_language_of_the_invited(
    client: Client, send: Any
) -> None:
    manager = make_manager(company=make_company(language="fa"))
    [letter] = send(actions.invite, new_person(company=manager.company), by=manager)
    html = letter.alternatives[0][0]
    assert 'lang="fa" dir="rtl"' in html
    assert 'lang="fa" dir="rtl"' in client.get(path_in(letter)).content.decode()


def test_who_invited_is_told_when_it_is_accepted(client: Client, send: Any) -> None:
    manager = make_manager(company=make_company())
    [letter] = send(actions.invite, new_person(company=manager.company), by=manager)
    [told] = send(client.post, path_in(letter), BOTH)
    assert manager.user
    assert told.to == [manager.user.email]
    assert "نسترن امینی" in told.subject


def test_an_invitation_is_good_for_thirty_days(client: Client, send: Any) -> None:
    manager = make_manager(company=make_company())
    [letter] = send(actions.invite, new_person(company=manager.company), by=manager)
    rows = OneTimeLink.objects.filter(purpose=Purpose.INVITATION)
    left = rows.get().expires_at - timezone.now()
    assert timedelta(days=29, hours=23) < left <= timedelta(days=30)
    rows.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path_in(letter)).status_code == 410
    assert client.post(path_in(letter), BOTH).status_code == 410


def test_a_new_invitation_kills_the_old_one(client: Client, send: Any) -> None:
    manager = make_manager(company=make_company())
    [old] = send(actions.invite, new_person(company=manager.company), by=manager)
    user = User.objects.get(email="nastaran@example.ir")
    [new] = send(actions.resend_invitation, user, by=manager)
    assert client.get(path_in(old)).status_code == 410
    assert client.get(path_in(new)).status_code == 200


def test_a_weak_password_leaves_the_link_good(client: Client, send: Any) -> None:
    manager = make_manager(company=make_company())
    [letter] = send(actions.invite, new_person(company=manager.company), by=manager)
    weak = {"password1": "salam123456789", "password2": "salam123456789"}
    assert client.post(path_in(letter), weak).status_code == 422
    assert client.post(path_in(letter), BOTH).status_code == 302


def test_an_address_is_invited_once() -> None:
    manager = make_manager(company=make_company())
    make_user(email="nastaran@example.ir")
    with pytest.raises(AddressTaken):
        actions.invite(
            new_person(company=manager.company, email="Nastaran@Example.ir"),
            by=manager,
        )


def test_a_link_does_not_serve_another_purpose() -> None:
    user = make_user()
    token = links.issue(user, Purpose.EMAIL, "new@example.ir")
    with pytest.raises(LinkSpent):
        actions.accept_invitation(token, NEW)
    with pytest.raises(LinkSpent):
        actions.reset_password(token, NEW)


def test_only_a_hash_of_the_token_is_stored() -> None:
    token = links.issue(make_user(), Purpose.RESET)
    [row] = OneTimeLink.objects.values_list("digest", "detail")
    assert token not in str(row)
    assert len(token) >= 43


def test_a_reset_gives_the_same_answer_to_strangers(client: Client, send: Any) -> None:
    user = make_user()
    answers, letters = [], []
    for email in (user.email, "nobody@example.ir"):
        letters.append(send(client.post, "/accounts/password/reset/", {"email": email}))
        page = client.get("/accounts/password/reset/sent/")
        answers.append((page.status_code, page.content))
    assert answers[0][0] == answers[1][0] == 200
    assert [len(sent) for sent in letters] == [1, 0]


def test_a_reset_ends_all_sessions_and_keeps_the_second_factor(
    client: Client, send: Any
) -> None:
    from sarnakh.accounts.tests.test_second_factor import switch_on

    user, inside = make_user(), Client()
    log_in(inside, user)
    assert inside.get("/profile/").status_code == 200
    [letter] = send(client.post, "/accounts/password/reset/", {"email": user.email})
    [told] = send(client.post, path_in(letter), BOTH)
    assert told.to == [user.email]
    assert inside.get("/profile/").status_code == 302
    assert log_in(Client(), user, NEW)["Location"] == "/"
    user.set_password(PASSWORD)
    user.save()
    switch_on(user)
    actions.reset_password(links.issue(user, Purpose.RESET), NEW)
    assert log_in(Client(), user, NEW)["Location"] == "/accounts/code/"


def test_a_reset_lasts_a_day_and_works_once(client: Client, send: Any) -> None:
    user = make_user()
    [letter] = send(client.post, "/accounts/password/reset/", {"email": user.email})
    left = OneTimeLink.objects.get().expires_at - timezone.now()
    assert timedelta(hours=23) < left <= timedelta(hours=24)
    assert client.post(path_in(letter), BOTH).status_code == 302
    assert client.post(path_in(letter), BOTH).status_code == 410


def test_asking_again_does_not_kill_a_reset_but_using_one_kills_all(
    client: Client,
) -> None:
    user = make_user()
    first, second = (links.issue(user, Purpose.RESET) for _ in range(2))
    actions.reset_password(first, NEW)
    with pytest.raises(LinkSpent):
        actions.reset_password(second, NEW)


def test_archived_people_get_no_link_and_theirs_are_dead(
    client: Client, send: Any
) -> None:
    user = make_user()
    token = links.issue(user, Purpose.RESET)
    actions.archive_user(user, by=make_manager())
    assert client.get(f"/link/{token}/").status_code == 410
    assert send(client.post, "/accounts/password/reset/", {"email": user.email}) == []


def test_resets_are_limited_per_address_to_five_an_hour(client: Client) -> None:
    answers = [
        client.post("/accounts/password/reset/", {"email": "x@example.ir"}).status_code
        for _ in range(6)
    ]
    assert answers == [302] * 5 + [429]
    other = client.post("/accounts/password/reset/", {"email": "y@example.ir"})
    assert other.status_code == 302


def test_wrong_tokens_are_limited_per_source(client: Client) -> None:
    answers = [client.get(f"/link/wrong{n}/").status_code for n in range(3)]
    assert answers == [410] * 3
    answers = [client.post(f"/link/wrong{n}/").status_code for n in range(21)]
    assert answers[-1] == 429


def test_a_reset_forgives_the_failed_attempts(client: Client) -> None:
    user = make_user()
    for number in range(20):
        log_in(Client(REMOTE_ADDR=f"10.0.1.{number}"), user, "wrong wrong wrong")
    token = links.issue(user, Purpose.RESET)
    client.post(f"/link/{token}/", BOTH)
    assert log_in(Client(), user, NEW)["Location"] == "/"


def test_a_new_address_is_confirmed_by_a_link_and_told_to_the_old_one(
    client: Client, send: Any
) -> None:
    user, other = make_user(), Client()
    old = user.email
    log_in(client, user)
    log_in(other, user)
    client.post("/accounts/confirm/?next=/profile/", {"password": PASSWORD})
    [letter] = send(client.post, "/profile/email/", {"email": "New@example.ir"})
    assert letter.to == ["new@example.ir"]
    client.get(path_in(letter))
    user.refresh_from_db()
    assert user.email == old
    [told] = send(client.post, path_in(letter))
    assert told.to == [old]
    user.refresh_from_db()
    assert user.email == "new@example.ir"
    assert client.get("/profile/").status_code == 200
    assert other.get("/profile/").status_code == 302
    assert log_in(Client(), user)["Location"] == "/"


def test_somebody_else_cannot_confirm_the_address(client: Client) -> None:
    user, stranger = make_user(), make_user()
    token = links.issue(user, Purpose.EMAIL, "new@example.ir")
    log_in(client, stranger)
    assert client.post(f"/link/{token}/").status_code == 410
    user.refresh_from_db()
    assert user.email != "new@example.ir"


def test_the_first_set_up_prints_a_link_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("create_admin", email="boss@example.ir", company="شرکت من")
    link = capsys.readouterr().out.strip()
    token = link.removeprefix("http://127.0.0.1:8000/link/").rstrip("/")
    user = actions.accept_invitation(token, NEW)
    assert user.company.name == "شرکت من"
    assert Role.ADMINISTRATOR in user.role_set
    assert (user.company.currency, user.company.calendar) == ("IRR", "jalali")
    with pytest.raises(CommandError):
        call_command("create_admin", email="second@example.ir")
    with pytest.raises(AlreadySetUp):
        actions.set_up(company="x", name="y", email="third@example.ir")


def test_the_operator_can_let_somebody_in_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    user = make_user(Role.ADMINISTRATOR)
    call_command("create_admin", email=user.email)
    token = capsys.readouterr().out.strip().rstrip("/").rsplit("/", 1)[1]
    actions.reset_password(token, NEW)
    assert AuditEntry.objects.filter(event="password", user=user).count() == 1
