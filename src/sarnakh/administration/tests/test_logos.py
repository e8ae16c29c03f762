"""The logo of a company, and its legal numbers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.errors import OwnParent
from sarnakh.accounts.models import Company
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.discussion import files
from sarnakh.records.models import StoredFile

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50


@pytest.fixture
def boss():
    return make_user(Role.ADMINISTRATOR)


def logged_in(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def address(company: Company) -> str:
    return f"/settings/companies/{company.pk}/logo"


def picture(data: bytes = PNG, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_logo_is_kept_shown_and_taken_away(boss):
    browser, company = logged_in(boss), boss.company

    assert browser.get(address(company)).status_code == 404
    browser.post(address(company), {"logo": picture()})

    company.refresh_from_db()
    assert len(company.logo_digest) == 64
    assert files.remove_orphans(older_than=-1) == 0
    shown = browser.get(address(company))
    assert b"".join(shown.streaming_content) == PNG
    assert (
        address(company)
        in browser.get(f"/settings/companies/{company.pk}/").content.decode()
    )

    browser.post(address(company), {"logo": picture(PNG + b"1")})
    assert StoredFile.objects.filter(record_type="companies").count() == 1
    browser.post(address(company), {"remove": "1"})
    company.refresh_from_db()
    assert company.logo_digest == ""
    assert not StoredFile.objects.filter(record_type="companies").exists()


@pytest.mark.parametrize(
    "sent",
    [
        None,
        picture(b"<svg onload=alert(1)>", "logo.svg"),
        picture(b"no picture", "logo.png"),
        picture(PNG + b"0" * 2 * 1024 * 1024),
    ],
)
def test_what_cannot_be_drawn_is_refused(boss, sent):
    browser = logged_in(boss)

    browser.post(address(boss.company), {"logo": sent} if sent else {})

    boss.company.refresh_from_db()
    assert boss.company.logo_digest == ""
    assert not StoredFile.objects.exists()


def test_only_settings_managers_of_the_company_change_it(boss):
    seller, stranger = (
        make_user(Role.SALES_MANAGER),
        make_user(Role.ADMINISTRATOR, company=make_company()),
    )

    for user, status in ((seller, 403), (stranger, 404)):
        answer = logged_in(user).post(address(boss.company), {"logo": picture()})
        assert answer.status_code == status
    assert not StoredFile.objects.exists()


def company_form(company, **values):
    return {
        "name": company.name, "currency": "IRR", "country": "IR", "language": "fa",
        "calendar": "jalali", "digits": "fa", "timezone": "Asia/Tehran",
        "week_start": "5", "active": "on", "version": company.version, **values,
    }  # fmt: skip


def test_numbers_that_cannot_be_right_are_saved_with_a_warning(boss):
    browser, company = logged_in(boss), boss.company

    answer = browser.post(
        f"/settings/companies/{company.pk}/",
        company_form(company, national_id="14007650911", city="تهران"),
        follow=True,
    )

    company.refresh_from_db()
    assert (company.national_id, company.city) == ("14007650911", "تهران")
    texts = [str(message) for message in answer.context["messages"]]
    assert any("14007650911" in text for text in texts)


def test_a_company_does_not_belong_to_itself(boss):
    from sarnakh.accounts import actions

    by = actor_for(boss)
    above = boss.company
    below = actions.create_company({"name": "Branch", "parent": above}, by=by)

    with pytest.raises(OwnParent):
        actions.change_company(above, {"parent": below}, by=by)
    above.refresh_from_db()
    assert above.parent is None
