"""What an installation begins with."""

import pytest
from django.core.management import call_command
from django.utils import translation

from sarnakh.accounts import actions
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company
from sarnakh.activities.models import ActivityType
from sarnakh.administration.seed import seed
from sarnakh.crm.models import LostReason, RecurringPlan, Stage
from sarnakh.money.models import Tax
from sarnakh.sources.models import Medium, Source
from sarnakh.teams.models import Member, Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting up without looking at addresses of pages."""
    monkeypatch.setattr("sarnakh.accounts.links.address", lambda token: token)


def begin(language: str) -> Company:
    actions.set_up(
        company="Firm", name="Sara", email="sara@firm.example", language=language
    )
    return Company.objects.get()


@pytest.mark.usefixtures("link")
@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fa", ["جدید", "تایید شده", "پیشنهاد", "برده"]),
        ("ar", ["جديد", "مؤهَّل", "العرض", "مكسوبة"]),
        ("en", ["New", "Qualified", "Proposition", "Won"]),
    ],
)
def test_a_new_company_has_stages_in_its_language(
    language: str, names: list[str]
) -> None:
    begin(language)
    stages = Stage.objects.order_by("sequence")
    assert [stage.name for stage in stages] == names
    assert [stage.sequence for stage in stages] == [1, 2, 3, 70]
    assert [stage.is_won for stage in stages] == [False, False, False, True]


@pytest.mark.usefixtures("link")
def test_the_first_person_can_sell_and_belongs_to_the_first_team() -> None:
    begin("fa")
    user = User.objects.get()
    assert {Role.SALES_MANAGER, Role.ADMINISTRATOR} <= user.role_set
    assert Member.objects.get().user == user
    active = Team.objects.get(active=True)
    assert (active.name, active.sequence, active.alias) == ("فروش", 0, "info")
    assert active.company is None
    hidden = Team.objects.filter(active=False, uses_pipeline=False)
    assert {team.name for team in hidden} == {"وب‌سایت", "پایانه فروش"}


@pytest.mark.usefixtures("link")
def test_seeding_again_brings_nothing_back() -> None:
    company = begin("en")
    Stage.objects.filter(name="Qualified").delete()
    Stage.objects.filter(name="New").update(name="Fresh")
    Team.objects.filter(active=False).delete()
    LostReason.objects.filter(name="Too expensive").delete()
    models = (Stage, Team, Member, LostReason, RecurringPlan, Medium, Source)
    before = [model._default_manager.count() for model in (*models, ActivityType)]
    seed(company)
    after = [model._default_manager.count() for model in (*models, ActivityType)]
    assert before == after
    assert Stage.objects.filter(name="Fresh").exists()


@pytest.mark.usefixtures("link")
def test_readers_of_other_languages_see_shipped_names_in_theirs() -> None:
    begin("fa")
    stage = Stage.objects.get(sequence=2)
    with translation.override("fa"):
        assert str(stage) == "تایید شده"
    with translation.override("en"):
        assert str(stage) == "Qualified"
        stage.name = "تایید اولیه"
        assert str(stage) == "تایید اولیه"


@pytest.mark.usefixtures("link")
def test_plans_cover_their_months() -> None:
    begin("fa")
    plans = dict(RecurringPlan.objects.values_list("name", "months"))
    assert plans == {"ماهانه": 1, "سالانه": 12, "سه‌ساله": 36, "پنج‌ساله": 60}


def test_an_upgrade_brings_older_companies_what_newer_ones_begin_with():
    company = make_company(language="en")
    assert not Tax.objects.filter(company=company).exists()

    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)

    assert Tax.objects.filter(company=company, active=True).count() == 4
