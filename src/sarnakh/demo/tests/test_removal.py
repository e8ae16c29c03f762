"""Nothing of the demo stays when it is removed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.events import company_created
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.catalog.models import Product
from sarnakh.catalog.products import actions as products
from sarnakh.contacts.models import Contact
from sarnakh.contacts.people import actions as contacts
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import Lead, Stage
from sarnakh.crm.tally.queries import differences
from sarnakh.demo import actions, logins, queries
from sarnakh.demo.errors import NoBeginning, NobodyLeft, OnlyInDemo, RealPeople
from sarnakh.demo.removal import Beginning
from sarnakh.invoicing.models import Invoice, Payment
from sarnakh.records.models import ExternalId
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.orders import actions as orders
from sarnakh.sources.models import Tag
from sarnakh.teams.models import Team

pytestmark = pytest.mark.django_db
OURS = Beginning("Real Ltd", "Sara Real", "sara@real.example", "en")


@pytest.fixture(autouse=True)
def small(room: Path, db: None) -> Iterator[None]:
    """The English company alone: quick to load."""
    actions.load(("en",))
    yield
    logins.forget()


def administrator() -> User:
    return User.objects.get(email="nora@alderbyte.example")


def rows() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if not model._meta.proxy
    }


def test_an_installation_without_demo_and_one_whose_demo_went_are_alike(
    django_capture_on_commit_callbacks: object,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        link = actions.remove(by=actor_for(administrator()), beginning=OURS)
    assert link
    assert not queries.is_loaded()
    assert logins.kept() == []
    assert differences() == []
    assert User.objects.get().email == "sara@real.example"
    assert Company.objects.get().name == "Real Ltd"
    assert list(Stage.objects.values_list("name", flat=True)) == [
        "New",
        "Qualified",
        "Proposition",
        "Won",
    ]
    left = rows()
    for name in (
        "crm.Lead",
        "crm.LeadTally",
        "contacts.Contact",
        "activities.Activity",
        "discussion.Message",
        "discussion.Notification",
        "discussion.Follower",
        "records.Change",
        "records.ExternalId",
        "sources.Tag",
    ):
        assert left[name] == 0, name
    assert left["teams.Team"] == 3


def test_orders_and_products_of_a_real_company_stay() -> None:
    company = Company.objects.create(name="Real Ltd", language="en", country="US")
    company_created.send(Company, company=company)
    boss = make_user(Role.ADMINISTRATOR, Role.SALES_MANAGER, company=company)
    by = actor_for(boss)
    demo = actor_for(administrator())
    # Made by somebody of the demo for all companies, and sold by the real one.
    shared, _unused = products.create([{"name": "Shared"}, {"name": "Unused"}], by=demo)
    customer = contacts.create([{"name": "Customer", "company": company.pk}], by=by)[0]
    order = orders.create_with_lines(
        {"customer": customer.pk, "company": company.pk},
        [{"product": shared.pk, "quantity": 2}],
        by=by,
    )
    total = Order.objects.get(pk=order.pk).total
    assert actions.remove(by=by) is None
    assert Order.objects.get() == order
    assert Order.objects.get().total == total
    assert OrderLine.objects.get().product == shared
    assert list(Product.objects.all()) == [shared]
    assert Invoice.objects.count() == Payment.objects.count() == 0


def test_only_administrators_may_remove_it() -> None:
    other = actor_for(User.objects.get(email="miles@alderbyte.example"))
    with pytest.raises(PermissionDenied):
        actions.remove(by=other, beginning=OURS)
    assert Lead.objects.count() == 40


def test_the_last_company_goes_only_for_another() -> None:
    with pytest.raises(NoBeginning):
        actions.remove(by=actor_for(administrator()))
    assert queries.is_loaded()


def test_records_of_a_real_company_stay() -> None:
    company = Company.objects.create(name="Real Ltd", language="en", country="US")
    boss = make_user(Role.ADMINISTRATOR, Role.SALES_MANAGER, company=company)
    by = actor_for(boss)
    team = Team.objects.create(name="Real team", company=company)
    demo_tag = Tag.objects.filter(name="Urgent")[0]
    customer = contacts.create([{"name": "Customer", "company": company.pk}], by=by)[0]
    values = {"name": "Deal", "customer": customer.pk, "team": team.pk}
    values |= {"tags": [demo_tag.pk], "company": company.pk}
    lead = leads.create([values], by=by)[0]
    assert actions.remove(by=by) is None
    assert list(Lead.objects.all()) == [lead]
    assert list(Contact.objects.all()) == [customer]
    assert list(User.objects.all()) == [boss]
    assert list(Tag.objects.all()) == [demo_tag]
    assert list(Team.objects.all()) == [team]
    assert not ExternalId.objects.exists()
    assert Stage.objects.count() == 6
    assert differences() == []


def test_people_with_no_other_company_are_not_left_without_one() -> None:
    guest = make_user(Role.ADMINISTRATOR, company=administrator().company)
    with pytest.raises(OnlyInDemo, match=guest.name):
        actions.remove(by=actor_for(guest), beginning=OURS)


def test_somebody_must_be_left_to_manage_the_settings() -> None:
    company = Company.objects.create(name="Real Ltd", language="en")
    make_user(Role.SALES_OWN, company=company)
    with pytest.raises(NobodyLeft):
        actions.remove(by=actor_for(administrator()))
    assert Lead.objects.count() == 40


def test_people_who_also_work_elsewhere_move_there() -> None:
    company = Company.objects.create(name="Real Ltd", language="en")
    boss = make_user(Role.ADMINISTRATOR, company=administrator().company)
    boss.companies.add(company)
    actions.remove(by=actor_for(boss))
    boss.refresh_from_db()
    assert boss.company == company


def test_removing_twice_does_nothing() -> None:
    actions.remove(by=actor_for(administrator()), beginning=OURS)
    real = actor_for(User.objects.get())
    assert actions.remove(by=real) is None
    assert User.objects.count() == 1


def test_a_database_in_use_refuses_the_demo() -> None:
    actions.remove(by=actor_for(administrator()), beginning=OURS)
    with pytest.raises(RealPeople):
        actions.load(("en",))
