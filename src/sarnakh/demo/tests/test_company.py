"""The demo companies look like companies."""

import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F
from django.utils import timezone

from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.activities.models import Activity
from sarnakh.contacts.models import Contact
from sarnakh.crm.models import Lead, Stage
from sarnakh.crm.tally.queries import differences
from sarnakh.demo import actions, logins
from sarnakh.demo.errors import Production
from sarnakh.demo.logins import Login
from sarnakh.demo.scripts import SCRIPTS
from sarnakh.discussion.models import Message, Notification
from sarnakh.lib import calendars
from sarnakh.records.models import Change
from sarnakh.teams.models import Member, Team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
MILLION = 1_000_000


def persian() -> Company:
    return Company.objects.get(language="fa")


def main_user() -> User:
    return User.objects.get(email="negar@azin.example")


def test_the_persian_company_has_the_size_of_a_real_one() -> None:
    company = persian()
    assert Lead.objects.filter(company=company).count() == 400
    assert Team.objects.filter(company=company).count() == 5
    assert Contact.objects.filter(company=company, is_company=True).count() == 120
    assert Contact.objects.filter(company=company, is_company=False).count() == 200
    people = User.objects.filter(company=company)
    by_role = [user.role_set for user in people]
    assert sum(Role.SALES_MANAGER not in roles for roles in by_role) == 12
    assert sum(Role.ADMINISTRATOR in roles for roles in by_role) == 1
    assert Member.objects.filter(team__company=company, active=True).count() == 13


def test_the_other_companies_are_there_in_their_money_and_calendar() -> None:
    found = {
        company.language: (company.currency, company.calendar)
        for company in Company.objects.all()
    }
    assert found == {
        "fa": ("IRR", "jalali"),
        "en": ("USD", "gregorian"),
        "ar": ("SAR", "hijri"),
    }
    for language in ("en", "ar"):
        assert Lead.objects.filter(company__language=language).count() == 40


def test_the_stages_are_those_of_the_persian_board_in_their_order() -> None:
    names = list(Stage.objects.order_by("sequence").values_list("name", flat=True))
    assert names == ["جدید", "تایید شده", "راه‌حل‌ها", "پیشنهاد", "رهگیری", "برده"]


def test_the_main_log_in_has_a_full_board() -> None:
    own = Lead.objects.filter(salesperson=main_user())
    assert own.open().count() >= 60
    for stage in Stage.objects.filter(is_won=False):
        assert own.open().filter(stage=stage).count() >= 8
    assert own.won().count() >= 10
    assert {lead.priority for lead in own.open()} == {0, 1, 2, 3}
    states = {lead.activity_state for lead in own.open()}
    assert states == {"none", "overdue", "today", "planned"}


def test_the_main_log_in_has_something_to_read() -> None:
    unread = Notification.objects.filter(user=main_user(), read_at=None)
    assert unread.count() >= 5
    assert not unread.filter(at__lt=timezone.now() - timedelta(days=2)).exists()


def test_amounts_are_of_real_size() -> None:
    for lead in Lead.objects.filter(company=persian()):
        assert 150 * MILLION <= lead.expected_revenue <= 40_000 * MILLION, lead.name
        assert lead.expected_revenue % 100_000 == 0
    for script in (SCRIPTS["en"], SCRIPTS["ar"]):
        for lead in Lead.objects.filter(company__language=script.language):
            units = lead.expected_revenue / script.minor
            assert script.smallest <= units <= script.largest, lead.name


def test_a_little_less_than_half_is_closed_and_every_loss_has_its_reason() -> None:
    leads = Lead.objects.filter(company=persian())
    assert leads.won().count() == 102
    assert leads.lost().count() == 82
    assert not leads.lost().filter(lost_reason=None).exists()
    assert not leads.open().exclude(date_closed=None).exists()


def test_the_tally_fits_the_records() -> None:
    assert differences() == []


def test_every_address_and_number_is_a_valid_one() -> None:
    wrong = Lead.objects.exclude(phone_quality="correct", email_quality="correct")
    assert list(wrong.values_list("name", "phone", "email")) == []
    assert not Contact.objects.filter(phone_e164="").exists()


def test_history_fills_eighteen_months_and_never_lies_ahead() -> None:
    now = timezone.now()
    leads = Lead.objects.filter(company=persian())
    first = leads.order_by("created_at")[0].created_at
    start = calendars.get("jalali").add_months(now.date(), -18)
    assert timedelta(0) <= first.date() - start + timedelta(3) <= timedelta(45)
    for model, column in (
        (Lead, "created_at"),
        (Lead, "date_closed"),
        (Lead, "date_last_stage_update"),
        (Lead, "updated_at"),
        (Change, "at"),
        (Message, "at"),
        (Activity, "done_at"),
    ):
        late = model._default_manager.filter(**{f"{column}__gt": now})
        assert not late.exists(), (model, column)


def test_the_times_of_a_record_follow_each_other() -> None:
    for lead in Lead.objects.filter(company=persian()):
        rows = Change.objects.filter(record_type="leads", record_id=lead.pk)
        times = list(rows.order_by("pk").values_list("at", flat=True))
        assert times == sorted(times), lead.name
        assert times[0] == lead.created_at
        assert lead.created_at <= lead.date_last_stage_update <= lead.updated_at
    closed = Lead.objects.exclude(date_closed=None)
    assert not closed.filter(date_closed__lt=F("created_at")).exists()
    lead = closed.filter(is_won=True)[0]
    assert lead.date_closed is not None
    assert lead.days_to_close == (lead.date_closed - lead.created_at).days


def test_teams_hold_what_their_people_sell() -> None:
    members = {
        (member.team_id, member.user_id)
        for member in Member.objects.filter(active=True)
    }
    sold = Lead.objects.exclude(salesperson=None)
    assert all((lead.team_id, lead.salesperson_id) in members for lead in sold)
    assert Lead.objects.filter(salesperson=None).count() == 6


def test_titles_and_texts_vary() -> None:
    titles = list(Lead.objects.filter(company=persian()).values_list("name", flat=True))
    assert len(set(titles)) >= 0.95 * len(titles)
    bodies = list(
        Message.objects.exclude(kind="activity").values_list("body", flat=True)
    )
    assert max(bodies.count(body) for body in set(bodies)) <= 8


def test_persian_texts_are_written_in_persian_letters_and_digits() -> None:
    company = persian()
    texts = [
        *Lead.objects.filter(company=company).values_list("name", flat=True),
        *Contact.objects.filter(company=company).values_list("name", flat=True),
        *Message.objects.filter(author__company=company).values_list("body", flat=True),
        *Activity.objects.filter(user__company=company).values_list(
            "summary", flat=True
        ),
    ]
    for text in texts:
        plain = re.sub(r"<[^>]*>", "", text)
        # Arabic yeh and kaf, Latin digits, a torn prefix, a comma of another script.
        assert not re.search(r"[يك0-9,;?]|\bن?می ", plain), plain


def test_the_log_ins_work_and_are_kept_for_their_owner_only(room: Path) -> None:
    found = logins.kept()
    assert {one.email for one in found} >= {"negar@azin.example", "modir@azin.example"}
    for one in found:
        user = User.objects.get(email=one.email)
        assert len(one.password) >= 12
        assert user.check_password(one.password)
        assert one.password not in user.password
    assert stat.S_IMODE((room / logins.FILE).stat().st_mode) == 0o600
    others = User.objects.exclude(email__in=[one.email for one in found])
    assert not any(user.has_usable_password() for user in others)


def test_everybody_in_the_demo_is_marked() -> None:
    assert not User.objects.filter(is_demo=False).exists()


def test_loading_again_changes_nothing(demo: list[Login]) -> None:
    lead = Lead.objects.order_by("pk")[0]
    Lead.objects.filter(pk=lead.pk).update(name="تغییر من")
    before = (Lead.objects.count(), User.objects.count(), Change.objects.count())
    assert actions.load() == demo
    assert before == (
        Lead.objects.count(),
        User.objects.count(),
        Change.objects.count(),
    )
    assert Lead.objects.get(pk=lead.pk).name == "تغییر من"


def test_a_production_system_refuses_the_demo(settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    with pytest.raises(Production):
        actions.load()
