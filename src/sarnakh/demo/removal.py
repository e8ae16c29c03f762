"""Deleting every trace of the demo, in an order that the database accepts."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from sarnakh.accounts.models import Company, User
from sarnakh.activities.models import Activity, ActivityType
from sarnakh.activities.types import ACTIVITIES
from sarnakh.catalog.models import (
    Attribute,
    Product,
    ProductCategory,
    Unit,
    UnitCategory,
)
from sarnakh.contacts.models import Contact, ContactTag
from sarnakh.contacts.types import CONTACTS
from sarnakh.crm.models import Lead, LostReason, RecurringPlan, Stage
from sarnakh.crm.tally.actions import fold
from sarnakh.crm.types import LEADS
from sarnakh.demo import queries, tracing
from sarnakh.demo.tracing import Keys
from sarnakh.mail.models import MailTemplate
from sarnakh.money.models import CashRounding, TaxGroup
from sarnakh.pricing.models import Pricelist
from sarnakh.records.models import Change, Counter, ExternalId, PropertyDefinition
from sarnakh.recurring.models import BillingPlan, CloseReason
from sarnakh.sales.models import QuotationTemplate
from sarnakh.sources.models import Campaign, Medium, Source, Tag
from sarnakh.teams.models import Member, SalesSettings, Team
from sarnakh.teams.types import MEMBERS, TEAMS

LISTS: tuple[type[Model], ...] = (
    Tag,
    LostReason,
    RecurringPlan,
    Campaign,
    Medium,
    Source,
    ContactTag,
    SalesSettings,
    PropertyDefinition,
    Attribute,
    ProductCategory,
    Unit,
    UnitCategory,
    TaxGroup,
    CashRounding,
    MailTemplate,
    BillingPlan,
    CloseReason,
    Counter,
    ExternalId,
    Change,
)
# Removed further down in ways of their own.
BY_HAND = (Lead, Contact, Team, Member, Activity, User, Company)
# People may make these for all companies; those of the demo's people go with them
# unless something real needs them.
SHARED: tuple[type[Model], ...] = (Product, Pricelist, QuotationTemplate)


@dataclass(frozen=True)
class Beginning:
    """The first real company: its name and language, and who manages it."""

    company: str
    name: str
    email: str
    language: str


def people_without_company() -> list[User]:
    """Real people who work nowhere but in the demo."""
    real = User.objects.filter(is_demo=False).order_by("pk")
    demo = queries.companies()
    return [user for user in real if not user.companies.exclude(pk__in=demo).exists()]


def remove_everything(*, and_lists: bool) -> None:
    """Records, teams, users, companies; also the shared lists when nobody needs them."""
    companies = list(queries.companies().values_list("pk", flat=True))
    users = list(User.objects.filter(is_demo=True).values_list("pk", flat=True))
    _remove_documents(companies, users)
    _remove_records(companies, users)
    _remove_teams(companies, users)
    _free_people(companies)
    if and_lists:
        _remove_lists()
    else:
        unused = Tag.objects.filter(created_by__in=users, leads=None)
        _forget("tags", unused)
        unused.delete()
        unused_drawers = ProductCategory.objects.filter(
            created_by__in=users, products=None, children=None
        )
        _forget("product-categories", unused_drawers)
        unused_drawers.delete()
    ExternalId.objects.filter(record_type="companies", record_id__in=companies).delete()
    User.objects.filter(pk__in=users).delete()
    Company.objects.filter(pk__in=companies).delete()
    fold()


def _remove_documents(companies: list[int], users: list[int]) -> Keys:
    """Products, prices, orders, invoices, deliveries and all that hangs on them."""
    gone = tracing.hanging_on(companies, BY_HAND)
    for model in SHARED:
        rows = model._default_manager.filter(company=None, created_by__in=users)
        keys = set(rows.values_list("pk", flat=True))
        keys -= tracing.held(model, keys, gone)
        more = tracing.with_dependents({model: keys}, BY_HAND)
        for other, found in more.items():
            gone[other] |= found
    tracing.delete(gone)
    return gone


def _remove_records(companies: list[int], users: list[int]) -> None:
    # What belongs to no company is the demo's if one of its people made it.
    made_here = Q(company=None, created_by__in=users)
    gone = Lead.objects.filter(Q(company__in=companies) | made_here)
    keys = list(gone.values_list("pk", flat=True))
    free = set(Contact.objects.filter(made_here).values_list("pk", flat=True))
    free -= tracing.held(Contact, free, {Lead: set(keys), Contact: free})
    contacts = Contact.objects.filter(Q(company__in=companies) | Q(pk__in=free))
    cards = list(contacts.values_list("pk", flat=True))
    _remove_activities({LEADS.name: keys, CONTACTS.name: cards}, users)
    tracing.forget(LEADS.name, keys)
    tracing.forget(CONTACTS.name, cards)
    Lead.objects.filter(pk__in=keys).delete()
    Contact.objects.filter(parent__in=cards).update(parent=None)
    Contact.objects.filter(pk__in=cards).delete()
    _free_of(users)


def _free_of(users: list[int]) -> None:
    """What others keep loses its demo salesperson."""
    Lead.objects.filter(salesperson__in=users).update(date_open=None)
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.name == "salesperson" and model._meta.managed:
                model._default_manager.filter(salesperson__in=users).update(
                    salesperson=None
                )


def _remove_activities(places: dict[str, list[int]], users: list[int]) -> None:
    where = Q(user__in=users)
    for name, keys in places.items():
        where |= Q(record_type=name, record_id__in=keys)
    gone = Activity.objects.filter(where)
    _forget(ACTIVITIES.name, gone)
    gone.delete()


def _remove_teams(companies: list[int], users: list[int]) -> None:
    teams = Team.objects.filter(company__in=companies)
    keys = list(teams.values_list("pk", flat=True))
    members = Member.objects.filter(Q(team__in=keys) | Q(user__in=users))
    _forget(MEMBERS.name, members)
    members.delete()
    _forget(TEAMS.name, teams)
    PropertyDefinition.objects.filter(owner_type=TEAMS.name, owner_id__in=keys).delete()
    Team.objects.filter(pk__in=keys).delete()
    Team.objects.filter(leader__in=users).update(leader=None)


def _free_people(companies: list[int]) -> None:
    """Real people stay, in the company of their own."""
    for user in User.objects.filter(is_demo=False, company__in=companies):
        own = user.companies.exclude(pk__in=companies).order_by("pk")
        user.company = own[0]
        user.save(update_fields=["company"])


def _remove_lists() -> None:
    Team.objects.all().delete()
    Stage.objects.all().delete()
    ActivityType.objects.all().delete()
    ProductCategory.objects.update(parent=None)
    for model in LISTS:
        model._default_manager.all().delete()


def _forget(name: str, rows: "QuerySet[Model]") -> None:
    """Everything that only names these records by type and number."""
    tracing.forget(name, list(rows.values_list("pk", flat=True)))
