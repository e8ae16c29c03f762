"""Roles, archiving, companies: what settings managers may do, and may not."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sarnakh.accounts import actions, events
from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.errors import (
    ChangedMeanwhile,
    LastCompany,
    LastManager,
    NotYourself,
    OneSalesRole,
    OutsideYourCompanies,
)
from sarnakh.accounts.models import AuditEntry, Company, User
from sarnakh.accounts.models.user import DemoUserRefused
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import (
    PASSWORD,
    log_in,
    make_actor,
    make_company,
    make_manager,
    make_user,
)
from sarnakh.lib.errors import Refused

pytestmark = pytest.mark.django_db


def manager_client(**values: Any) -> tuple[Client, User]:
    client, manager = Client(), make_user(Role.ADMINISTRATOR, **values)
    log_in(client, manager)
    client.post("/accounts/confirm/?next=/profile/", {"password": PASSWORD})
    return client, manager


def test_the_last_settings_manager_cannot_be_demoted() -> None:
    manager = make_manager()
    make_user(Role.SALES_MANAGER)
    make_user(Role.ADMINISTRATOR, is_active=False)
    assert manager.user
    with pytest.raises(LastManager):
        actions.change_roles(manager.user, [Role.SALES_ALL], by=manager)
    manager.user.refresh_from_db()
    assert Role.ADMINISTRATOR in manager.user.roles
    assert not AuditEntry.objects.exists()


def test_one_of_two_settings_managers_can_be_demoted() -> None:
    manager, other = make_manager(), make_user(Role.ADMINISTRATOR)
    actions.change_roles(other, [Role.SALES_ALL], by=manager)
    assert other.roles == ["internal", "sales-all"]
    entry = AuditEntry.objects.get(event="roles")
    assert entry.details == {
        "old": ["internal", "administrator"],
        "new": ["internal", "sales-all"],
    }


def test_nobody_archives_themselves() -> None:
    manager = make_manager()
    make_user(Role.ADMINISTRATOR)
    assert manager.user
    with pytest.raises(NotYourself):
        actions.archive_user(manager.user, by=manager)
    manager.user.refresh_from_db()
    assert manager.user.is_active


def test_the_last_settings_manager_cannot_be_archived() -> None:
    company = make_company()
    last = make_user(Role.ADMINISTRATOR, company=company)
    demoted = make_manager(company=company)
    User.objects.filter(pk=demoted.user_id).update(roles=["internal"])
    with pytest.raises(LastManager):
        actions.archive_user(last, by=demoted)
    last.refresh_from_db()
    assert last.is_active


def test_sales_roles_are_one_ladder() -> None:
    with pytest.raises(OneSalesRole):
        actions.change_roles(
            make_user(), [Role.SALES_OWN, Role.SALES_ALL], by=make_manager()
        )


@pytest.mark.parametrize("role", [Role.SALES_OWN, Role.SALES_MANAGER])
def test_others_manage_nobody(role: Role) -> None:
    by, user = make_actor(role), make_user()
    for action in (actions.archive_user, actions.restore_user, actions.start_reset):
        with pytest.raises(PermissionDenied):
            action(user, by=by)
    with pytest.raises(PermissionDenied):
        actions.change_roles(user, [Role.ADMINISTRATOR], by=by)
    with pytest.raises(PermissionDenied):
        actions.create_company({"name": "Mine"}, by=by)
    user.refresh_from_db()
    assert user.roles == ["internal"]


def test_a_manager_of_one_company_does_not_touch_people_of_two() -> None:
    mine, other = make_company(), make_company()
    manager, user = make_manager(company=mine), make_user(company=mine)
    user.companies.add(other)
    for action in (actions.archive_user, actions.start_reset):
        with pytest.raises(OutsideYourCompanies):
            action(user, by=manager)
    with pytest.raises(OutsideYourCompanies):
        actions.change_email(user, "mine@example.ir", by=manager)
    with pytest.raises(OutsideYourCompanies):
        actions.change_user(make_user(company=mine), {}, companies=[other], by=manager)


def test_a_profile_takes_only_its_own_fields_and_owner() -> None:
    by, other = make_actor(), make_user()
    assert by.user
    for field in ("roles", "email", "is_active", "company", "is_demo"):
        with pytest.raises(ValueError, match=field):
            actions.change_profile(by.user, {field: "x"}, by=by)
    with pytest.raises(PermissionDenied):
        actions.change_profile(other, {"name": "x"}, by=by)


def test_a_change_based_on_an_old_state_is_refused() -> None:
    by = make_actor()
    assert by.user
    seen = by.user.version
    actions.change_profile(by.user, {"name": "First"}, seen=seen, by=by)
    with pytest.raises(ChangedMeanwhile):
        actions.change_profile(by.user, {"name": "Second"}, seen=seen, by=by)
    by.user.refresh_from_db()
    assert by.user.name == "First"


def test_rooms_above_hear_of_archiving_and_can_refuse_a_currency() -> None:
    manager, user, heard = make_manager(), make_user(), []

    def hear(user: User, **kwargs: Any) -> None:
        heard.append(user.pk)

    def refuse(changes: dict[str, Any], **kwargs: Any) -> None:
        if "currency" in changes:
            raise Refused("There are amounts.", "amounts")

    events.user_archived.connect(hear)
    events.company_changing.connect(refuse)
    try:
        actions.archive_user(user, by=manager)
        with pytest.raises(Refused):
            actions.change_company(manager.company, {"currency": "USD"}, by=manager)
        actions.change_company(manager.company, {"name": "New name"}, by=manager)
    finally:
        events.user_archived.disconnect(hear)
        events.company_changing.disconnect(refuse)
    assert heard == [user.pk]
    company = Company.objects.get(pk=manager.company.pk)
    assert (company.currency, company.name) == ("IRR", "New name")


def test_a_company_that_people_work_in_is_not_archived() -> None:
    manager = make_manager(company=make_company())
    make_company()
    with pytest.raises(LastCompany):
        actions.change_company(manager.company, {"active": False}, by=manager)


def test_demo_users_do_not_enter_a_real_database() -> None:
    make_user()
    with pytest.raises(DemoUserRefused):
        make_user(is_demo=True)


def test_a_demo_database_takes_demo_users_and_others() -> None:
    make_user(is_demo=True)
    make_user()
    make_user(is_demo=True)
    assert User.objects.filter(is_demo=True).count() == 2


def test_only_settings_managers_open_the_pages(client: Client) -> None:
    log_in(client, make_user(Role.SALES_MANAGER))
    for path in ("users/", "users/invite/", "companies/", "companies/new/", "audit/"):
        assert client.get(f"/settings/{path}").status_code == 403, path


def test_people_of_other_companies_are_not_there(client: Client) -> None:
    client, _ = manager_client(company=make_company())
    stranger = make_user(company=make_company(), name="Somebody Else")
    assert "Somebody Else" not in client.get("/settings/users/").content.decode()
    assert client.get(f"/settings/users/{stranger.pk}/").status_code == 404
    assert client.post(f"/settings/users/{stranger.pk}/archive/").status_code == 404
    stranger.refresh_from_db()
    assert stranger.is_active


def test_a_person_is_invited_and_changed_through_the_pages() -> None:
    client, manager = manager_client(company=make_company())
    person = {
        "name": "Nastaran",
        "email": "nastaran@example.ir",
        "phone": "",
        "language": "fa",
        "company": manager.company_id,
        "companies": [manager.company_id],
        "sales": "sales-own",
        "others": ["export"],
    }
    assert client.post("/settings/users/invite/", person).status_code == 302
    user = User.objects.get(email="nastaran@example.ir")
    assert user.roles == ["internal", "sales-own", "export"]
    page = client.get(f"/settings/users/{user.pk}/")
    assert "invited, link good until" in page.content.decode()
    changed = {**person, "name": "Nastaran Amini", "sales": "sales-all", "others": []}
    path = f"/settings/users/{user.pk}/"
    saved = client.post(path, {**changed, "version": user.version})
    assert saved.status_code == 302
    user.refresh_from_db()
    assert (user.name, user.roles) == ("Nastaran Amini", ["internal", "sales-all"])
    late = client.post(path, {**changed, "name": "Late", "version": 1})
    assert late.status_code == 422
    assert User.objects.get(pk=user.pk).name == "Nastaran Amini"


def test_a_refused_role_leaves_all_of_the_form_unsaved() -> None:
    client, manager = manager_client(company=make_company())
    response = client.post(
        f"/settings/users/{manager.pk}/",
        {
            "name": "Changed",
            "email": manager.email,
            "phone": "",
            "language": "en",
            "company": manager.company_id,
            "companies": [manager.company_id],
            "sales": "",
            "version": manager.version,
        },
    )
    assert response.status_code == 422
    manager.refresh_from_db()
    assert manager.name != "Changed"


def test_changing_people_asks_for_the_password(client: Client) -> None:
    manager, user = make_user(Role.ADMINISTRATOR), make_user()
    log_in(client, manager)
    asked = client.post(f"/settings/users/{user.pk}/archive/")
    assert asked["Location"].startswith("/accounts/confirm/")
    user.refresh_from_db()
    assert user.is_active


def test_companies_are_made_and_changed_through_the_pages() -> None:
    client, manager = manager_client(company=make_company())
    page = client.get("/settings/companies/new/")
    values = {
        name: field.value() if field.value() is not None else ""
        for name, field in ((one.name, one) for one in page.context["form"])
    }
    values |= {"name": "شرکت دوم", "country": "ir", "active": "on"}
    values.pop("shows_toman")
    assert client.post("/settings/companies/new/", values).status_code == 302
    company = Company.objects.get(name="شرکت دوم")
    assert company.country == "IR"
    assert company in manager.companies.all()
    values |= {"name": "Second", "version": company.version}
    assert client.post(f"/settings/companies/{company.pk}/", values).status_code == 302
    company.refresh_from_db()
    assert company.name == "Second"


def test_the_audit_page_finds_and_stays_within_the_company() -> None:
    client, manager = manager_client(company=make_company())
    from sarnakh.accounts import audit

    audit.record("export", by=actor_for(manager), subject="Leads of Shiraz")
    audit.record(
        "export", by=make_actor(company=make_company()), subject="Leads of Tabriz"
    )
    page = client.get("/settings/audit/").content.decode()
    assert "Leads of Shiraz" in page
    assert "Leads of Tabriz" not in page
    found = client.get("/settings/audit/?q=shiraz&event=export").context["entries"]
    assert [row["subject"] for row in found] == ["Leads of Shiraz"]
    assert client.get("/settings/audit/?q=nowhere").context["entries"] == []


def test_the_switcher_takes_only_allowed_companies(client: Client) -> None:
    mine, second, other = (make_company() for _ in range(3))
    user = make_user(company=mine)
    user.companies.add(second)
    log_in(client, user)
    both = {"company": [second.pk, other.pk, mine.pk], "next": "/profile/"}
    response = client.post("/switch/", both)
    assert response["Location"] == "/profile/"
    assert client.session["companies"] == [second.pk, mine.pk]
    actor = actor_for(user, tuple(client.session["companies"]))
    assert (actor.company, actor.company_ids) == (second, (second.pk, mine.pk))
    assert client.post("/switch/", {"company": [other.pk]}).status_code == 404
    away = client.post("/switch/", {"company": [mine.pk], "next": "//evil.example"})
    assert away["Location"] == "/"


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_every_page_opens_in_every_language(language: str) -> None:
    client, manager = manager_client(company=make_company(), language=language)
    user = make_user(company=manager.company)
    for path in (
        "/profile/",
        "/profile/preview/?calendar=hijri&digits=ar",
        "/profile/email/",
        "/profile/sessions/",
        "/accounts/password/",
        "/accounts/two-factor/",
        "/accounts/two-factor/on/",
        "/accounts/logout/",
        "/settings/users/",
        "/settings/users/?archived=1&q=x",
        "/settings/users/invite/",
        f"/settings/users/{user.pk}/",
        "/settings/companies/",
        f"/settings/companies/{manager.company_id}/",
        "/settings/audit/",
    ):
        response = client.get(path)
        assert response.status_code == 200, path
        assert response["Content-Language"] == language


def test_an_archived_company_is_no_longer_worked_in() -> None:
    first, second = make_company(), make_company()
    user = make_user(company=first)
    user.companies.add(second)
    ticked = (second.pk, first.pk)
    assert actor_for(user, ticked).company == second
    manager = make_manager(company=first)
    assert manager.user
    manager.user.companies.add(second)
    actions.change_company(second, {"active": False}, by=manager)
    assert actor_for(user, ticked).company_ids == (first.pk,)
