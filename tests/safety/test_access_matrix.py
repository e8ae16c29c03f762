"""Who may see and write what, on every screen: read aloud, then walked."""

import pytest

from sarnakh.config.screens import SCREENS
from sarnakh.crm.models import Lead
from sarnakh.records import rows
from sarnakh.records.models import Change
from sarnakh.records.types import all_types
from tests.people import World

LEADS_SEEN = {
    "nobody": set(),
    "own": {"mine", "unassigned", "lost"},
    "colleague": {"colleagues", "unassigned"},
    "all": {"mine", "colleagues", "unassigned", "lost"},
    "manager": {"mine", "colleagues", "unassigned", "lost"},
    "administrator": set(),
    "elsewhere": {"elsewhere", "unassigned"},
}
EVERYBODY = {"nobody", "own", "colleague", "all", "manager", "administrator"}
SALES = {"own", "colleague", "all", "manager"}
# Type → who may read, create, delete. "elsewhere" shares what has no company.
TABLE = {
    "leads": (SALES, SALES, {"manager"}),
    "contacts": (EVERYBODY, SALES | {"administrator"}, {"manager", "administrator"}),
    "stages": (EVERYBODY, {"manager"}, {"manager"}),
    "teams": (EVERYBODY, {"manager"}, {"manager"}),
    "team-members": (EVERYBODY, {"manager"}, {"manager"}),
    "tags": (SALES, SALES, {"manager"}),
    "lost-reasons": (EVERYBODY, {"manager"}, {"manager"}),
    "recurring-plans": (SALES, {"manager"}, {"manager"}),
    "campaigns": (EVERYBODY, SALES, {"manager"}),
    "mediums": (EVERYBODY, SALES, {"manager"}),
    "sources": (EVERYBODY, SALES, {"manager"}),
    "contact-tags": (EVERYBODY, SALES, {"manager"}),
    "activities": (EVERYBODY, EVERYBODY, EVERYBODY),
    "activity-types": (
        EVERYBODY,
        {"manager", "administrator"},
        {"manager", "administrator"},
    ),
    "products": (SALES, SALES, {"manager"}),
    "product-categories": (SALES, {"manager"}, {"manager"}),
    "units": (SALES, {"manager"}, {"manager"}),
    "unit-categories": (SALES, {"manager"}, {"manager"}),
    "attributes": (SALES, {"manager"}, {"manager"}),
    "attribute-values": (SALES, {"manager"}, {"manager"}),
    "packagings": (SALES, {"manager"}, {"manager"}),
    "invoices": (SALES, set(), set()),
    "invoice-lines": (SALES, set(), set()),
    "payments": (SALES, set(), set()),
    "journals": (SALES, set(), set()),
    "payment-allocations": (SALES, set(), set()),
    "rentals": (SALES, SALES, {"manager"}),
    "rental-lines": (SALES, SALES, SALES),
    "rental-prices": (SALES, {"manager"}, {"manager"}),
    "rental-terms": (SALES, {"manager"}, {"manager"}),
    "deliveries": (SALES, {"manager"}, {"manager"}),
    "delivery-lines": (SALES, {"manager"}, {"manager"}),
    "warehouses": (SALES, {"manager"}, {"manager"}),
    "stock-levels": (SALES, {"manager"}, set()),
    "shipping-methods": (SALES, {"manager"}, {"manager"}),
    "shipping-rules": (SALES, {"manager"}, {"manager"}),
    "pricelists": (SALES, {"manager"}, {"manager"}),
    "pricelist-rules": (SALES, {"manager"}, {"manager"}),
    "orders": (SALES, SALES, {"manager"}),
    "order-lines": (SALES, SALES, SALES),
    "order-options": (SALES, SALES, SALES),
    "quotation-templates": (SALES, {"manager"}, {"manager"}),
    "quotation-template-lines": (SALES, {"manager"}, {"manager"}),
    "sales-analysis": (SALES, set(), set()),
    "subscriptions": (SALES, SALES, {"manager"}),
    "billing-plans": (SALES, {"manager"}, {"manager"}),
    "plan-prices": (SALES, {"manager"}, {"manager"}),
    "close-reasons": (SALES, {"manager"}, {"manager"}),
    "mrr-changes": (SALES, set(), set()),
    "customer-terms": (SALES, {"manager"}, {"manager"}),
    "promotion-programs": (SALES, {"manager"}, {"manager"}),
    "promotion-rules": (SALES, {"manager"}, {"manager"}),
    "promotion-rewards": (SALES, {"manager"}, {"manager"}),
    "coupons": ({"manager"}, {"manager"}, {"manager"}),
    "taxes": (EVERYBODY, {"manager"}, {"manager"}),
    "tax-groups": (EVERYBODY, {"manager"}, {"manager"}),
    "fiscal-positions": (EVERYBODY, {"manager"}, {"manager"}),
    "tax-mappings": (EVERYBODY, {"manager"}, {"manager"}),
    "payment-terms": (EVERYBODY, {"manager"}, {"manager"}),
    "payment-term-lines": (EVERYBODY, {"manager"}, {"manager"}),
    "currency-rates": (EVERYBODY, {"manager"}, {"manager"}),
    "cash-roundings": (EVERYBODY, {"manager"}, {"manager"}),
    "users": (EVERYBODY, set(), set()),
    "companies": (EVERYBODY, set(), set()),
    "letters": ({"administrator"}, set(), set()),
    "mail-templates": ({"manager", "administrator"}, set(), set()),
}


def test_every_type_stands_in_the_table_and_has_a_sample(world: World):
    """A new type without a rule of its own fails here."""
    assert set(all_types()) == set(TABLE) == set(world.samples)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_access_table_says_what_is_read_aloud(world: World, name: str):
    record_type = all_types()[name]
    readers, creators, deleters = TABLE[name]

    for role in EVERYBODY:
        actor = world.actor(role)
        assert rows.may(record_type, actor, "read") == (role in readers), role
        assert rows.may(record_type, actor, "create") == (role in creators), role
        assert rows.may(record_type, actor, "delete") == (role in deleters), role


@pytest.mark.parametrize("role", sorted(LEADS_SEEN))
def test_lists_show_exactly_the_leads_that_a_person_may_see(world: World, role: str):
    seen = LEADS_SEEN[role]
    browser = world.client(role)
    everything = '[["active","in",[true,false]]]'

    answer = browser.get("/pipeline/", {"view": "list", "c": everything})

    if not seen and role in {"nobody", "administrator"}:
        assert answer.status_code == 404
        return
    shown = {record.pk for record in answer.context["records"]}
    assert shown == {world.leads[name].pk for name in seen}
    assert answer.context["count"].value == len(seen)


@pytest.mark.parametrize("role", [*sorted(LEADS_SEEN), "anonymous"])
@pytest.mark.parametrize("name", ["mine", "colleagues", "unassigned", "elsewhere"])
def test_opening_and_writing_a_lead_by_its_number(world: World, role: str, name: str):
    may_see = name in LEADS_SEEN.get(role, set())
    lead = world.leads[name]
    browser = world.client(role)
    before = list(Lead.objects.order_by("pk").values())
    changes = Change.objects.count()

    opened = browser.get(f"/pipeline/{lead.pk}")
    won = browser.post(f"/pipeline/{lead.pk}/press/mark-won")

    if role == "anonymous":
        assert opened.status_code == won.status_code == 302
        assert "/login" in opened["Location"]
    else:
        assert opened.status_code == (200 if may_see else 404)
        assert won.status_code == (302 if may_see else 404)
    if not may_see:
        assert list(Lead.objects.order_by("pk").values()) == before
        assert Change.objects.count() == changes


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_hidden_and_missing_leads_get_the_same_answer(world: World, role: str):
    browser = world.client(role)

    hidden = browser.get(f"/pipeline/{world.leads['elsewhere'].pk}")
    missing = browser.get("/pipeline/999999")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.slug)
@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_every_screen_opens_for_its_readers_and_for_nobody_else(
    world: World, screen, role: str
):
    readers, creators, _deleters = TABLE[screen.type.name]
    browser = world.client(role)

    for page in screen.pages:
        answer = browser.get(f"/{screen.slug}/", {"view": page.name})
        assert answer.status_code == (200 if role in readers else 404), page.name
    blank = browser.get(f"/{screen.slug}/new")
    assert blank.status_code == (200 if role in creators else 404)


@pytest.mark.parametrize(
    "condition",
    [
        '[["salesperson.email","=","colleague@ours.ir"]]',
        '[["customer.notes","ilike","secret"]]',
        '[["password","=","x"]]',
        '[["salesperson.password","ilike","md5"]]',
        '[["search_text","ilike","a"]]',
        '[["created_by.roles","=","x"]]',
    ],
)
def test_filters_are_no_oracle_for_hidden_records_or_fields(
    world: World, condition: str
):
    answer = world.client("own").get("/pipeline/", {"view": "list", "c": condition})

    assert answer.status_code in {200, 400, 404, 409}
    if answer.status_code == 200:
        shown = {record.pk for record in answer.context["records"]}
        hidden = {world.leads["colleagues"].pk, world.leads["elsewhere"].pk}
        assert not shown & hidden


def test_counts_sums_and_groups_leave_hidden_leads_out(world: World):
    answer = world.client("own").get("/pipeline/", {"view": "board"})

    lanes = answer.context["lanes"]
    assert sum(lane.group.count for lane in lanes) == 2
    assert sum(lane.group.sums["expected_revenue"] for lane in lanes) == 2_000

    grouped = world.client("own").get("/pipeline/?view=list&g=salesperson")
    labels = {row.group.label for row in grouped.context["group_rows"]}
    assert world.users["colleague"].name not in labels


def test_suggestions_know_only_visible_records(world: World):
    found = world.client("own").get("/palette", {"text": "Elsewhere"})

    assert f"/pipeline/{world.leads['elsewhere'].pk}" not in found.content.decode()


def test_bulk_actions_refuse_a_selection_with_a_hidden_lead(world: World):
    keys = [world.leads["mine"].pk, world.leads["colleagues"].pk]

    answer = world.client("own").post("/pipeline/bulk/won", {"pk": keys})

    assert answer.status_code == 404
    assert not Lead.objects.filter(is_won=True).exists()


def test_a_favourite_of_somebody_else_cannot_be_deleted(world: World):
    from sarnakh.screens.models import Favourite

    theirs = Favourite.objects.create(
        screen="pipeline", user=world.users["colleague"], name="X", query="view=list"
    )

    answer = world.client("own").post(f"/pipeline/favourites/{theirs.pk}/delete")

    assert answer.status_code == 409
    assert Favourite.objects.filter(pk=theirs.pk).exists()
