"""Log-in by password: right, wrong, too often; language before it; cookies."""

import pytest
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.audit import Event
from sarnakh.accounts.backend import ByEmail
from sarnakh.accounts.middleware import ActingUser
from sarnakh.accounts.models import AuditEntry, User
from sarnakh.accounts.tests.factories import PASSWORD, log_in, make_user

pytestmark = pytest.mark.django_db
PROFILE = "/profile/"


def test_the_right_password_lets_in_and_is_logged(client: Client) -> None:
    user = make_user()
    response = log_in(client, user)
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.get(PROFILE).status_code == 200
    entry = AuditEntry.objects.get(event=Event.LOGIN)
    assert (entry.user_id, entry.company_id) == (user.pk, user.company_id)
    assert entry.address == "127.0.0.1"


def test_letters_of_the_address_may_be_capital(client: Client) -> None:
    make_user(email="Omid@Example.ir")
    response = client.post(
        "/accounts/login/", {"login": "OMID@example.IR", "password": PASSWORD}
    )
    assert response.status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: Client,
) -> None:
    user = make_user()
    wrong = log_in(client, user, "not this one at all")
    unknown = client.post(
        "/accounts/login/", {"login": "nobody@example.ir", "password": "not this one"}
    )
    assert wrong.status_code == unknown.status_code
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.filter(event=Event.LOGIN_FAILED).count() == 2


def test_an_archived_user_does_not_get_in(client: Client) -> None:
    user = make_user(is_active=False)
    log_in(client, user)
    assert "_auth_user_id" not in client.session
    assert client.get(PROFILE).status_code == 302


def test_ten_failures_from_one_source_are_answered_with_429(client: Client) -> None:
    user = make_user()
    for number in range(10):
        # Another account each time: it is the source that counts here.
        client.post(
            "/accounts/login/",
            {"login": f"nobody{number}@example.ir", "password": "wrong wrong wrong"},
        )
    refused = log_in(client, user)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "60"
    assert log_in(Client(REMOTE_ADDR="10.9.8.7"), user).status_code == 302


def test_a_forged_forwarding_header_is_no_new_source(client: Client) -> None:
    for number in range(11):
        response = client.post(
            "/accounts/login/",
            {"login": "nobody@example.ir", "password": "wrong wrong wrong"},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )
    assert response.status_code == 429


def test_twenty_failures_of_one_account_slow_it_down_from_everywhere() -> None:
    user = make_user()
    for number in range(20):
        log_in(Client(REMOTE_ADDR=f"10.0.1.{number}"), user, "wrong wrong wrong")
    other = make_user()
    assert log_in(Client(REMOTE_ADDR="10.0.2.1"), user).status_code == 429
    assert log_in(Client(REMOTE_ADDR="10.0.2.2"), other).status_code == 302


def test_counters_are_in_the_shared_cache(settings: Settings) -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert cache.add("seen-by-every-process", 1)


def test_next_leads_only_to_own_paths(client: Client) -> None:
    user = make_user()
    for target, goes_to in {
        "/profile/?tab=1": "/profile/?tab=1",
        "https://evil.example/": "/",
        "//evil.example/": "/",
        "/\\evil.example": "/",
        "http://testserver/profile/": "/",
        "javascript:alert(1)": "/",
    }.items():
        client.post("/accounts/logout/")
        response = client.post(
            "/accounts/login/",
            {"login": user.email, "password": PASSWORD, "next": target},
        )
        assert response["Location"] == goes_to, target


def test_there_is_no_sign_up(client: Client) -> None:
    for path in ("/accounts/signup/", "/accounts/email/"):
        assert client.get(path).status_code == 404


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(
    client: Client,
) -> None:
    log_in(client, make_user())
    cookie = client.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert cookie["max-age"] == 7 * 24 * 3600


def test_with_https_the_cookies_are_secure(settings: Settings) -> None:
    settings.SESSION_COOKIE_NAME = "__Host-session"
    settings.SESSION_COOKIE_SECURE = True
    client = Client()
    client.get("/accounts/login/?lang=en", secure=True)
    client.post(
        "/accounts/login/",
        {"login": make_user().email, "password": PASSWORD},
        secure=True,
    )
    assert client.cookies["__Host-session"]["secure"]
    assert client.cookies["django_language"]["secure"]


def test_the_session_gets_a_new_id_at_log_in(client: Client) -> None:
    user = make_user()
    client.post("/profile/", {"name": "typed before"})
    before = client.session.session_key
    log_in(client, user)
    assert before
    assert client.session.session_key != before


def test_logging_out_needs_a_post_and_clears_what_the_browser_kept(
    client: Client,
) -> None:
    log_in(client, make_user())
    key = client.session.session_key
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get(PROFILE).status_code == 200
    response = client.post("/accounts/logout/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(PROFILE).status_code == 302
    assert not client.session.exists(key)


def test_the_language_is_chosen_before_the_log_in_and_stays(client: Client) -> None:
    page = client.get("/accounts/login/")
    assert 'lang="fa" dir="rtl"' in page.content.decode()
    page = client.get("/accounts/login/?lang=en")
    assert 'lang="en" dir="ltr"' in page.content.decode()
    again = client.get("/accounts/login/")
    assert 'lang="en" dir="ltr"' in again.content.decode()


def test_without_a_choice_the_browser_is_asked_then_persian(client: Client) -> None:
    for asked, language in {
        "ar-SA,en;q=0.5": "ar",
        "de,en-GB;q=0.8": "en",
        "de": "fa",
        "": "fa",
    }.items():
        page = client.get("/accounts/login/", headers={"Accept-Language": asked})
        assert page["Content-Language"] == language, asked


def test_nonsense_as_language_is_not_remembered(client: Client) -> None:
    page = client.get("/accounts/login/?lang=xx")
    assert page["Content-Language"] == "fa"
    assert "django_language" not in client.cookies


def test_after_the_log_in_the_users_own_language_counts(client: Client) -> None:
    client.get("/accounts/login/?lang=en")
    log_in(client, make_user(language="ar"))
    assert client.get(PROFILE)["Content-Language"] == "ar"


def test_the_choice_of_language_keeps_the_way_back(client: Client) -> None:
    page = client.get("/accounts/login/?next=/profile/%3Fa%3D1")
    assert "?lang=en&amp;next=%2Fprofile%2F%3Fa%3D1" in page.content.decode()


def test_acting_costs_two_statements(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = make_user()
    log_in(client, user)
    request = RequestFactory().get("/")
    request.COOKIES["session"] = client.cookies["session"].value

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.actor.user.company.name)  # type: ignore[attr-defined]

    chain = SessionMiddleware(AuthenticationMiddleware(ActingUser(view)))
    # Session, user with companies.
    with django_assert_num_queries(2):
        response = chain(request)
    assert response.content.decode() == user.company.name


def test_a_user_whose_companies_are_all_archived_acts_in_the_own_one(
    client: Client,
) -> None:
    user = make_user()
    log_in(client, user)
    user.companies.update(active=False)
    found = ByEmail().get_user(user.pk)
    assert isinstance(found, User)
    assert actor_for(found).company == user.company
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert ByEmail().get_user(user.pk) is None


def test_strangers_cost_no_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(request.actor))  # type: ignore[attr-defined]

    chain = SessionMiddleware(AuthenticationMiddleware(ActingUser(view)))
    with django_assert_num_queries(0):
        assert chain(RequestFactory().get("/")).content == b"None"
