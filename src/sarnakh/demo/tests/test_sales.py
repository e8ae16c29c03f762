"""The demo companies sell like companies."""

import pytest
from django.db.models import F, Sum
from django.utils import timezone

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.models import Company, User
from sarnakh.catalog.models import Product
from sarnakh.dashboard.queries import dashboard
from sarnakh.delivery.models import Delivery, StockLevel
from sarnakh.invoicing.models import Invoice, Journal, Payment
from sarnakh.lib.identifiers import is_iranian_iban, is_legal_id, is_postal_code
from sarnakh.pricing.models import PricelistRule
from sarnakh.recurring.models import Subscription
from sarnakh.rental.models import RentalOrder
from sarnakh.sales.models import Order, OrderLine, QuotationTemplate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
MILLION = 1_000_000


def persian() -> Company:
    return Company.objects.get(language="fa")


def test_orders_are_in_every_state() -> None:
    found = Order.objects.filter(company=persian())
    assert set(found.values_list("state", flat=True)) == {
        "draft",
        "sent",
        "sale",
        "cancelled",
    }
    today = persian().profile().today()
    assert found.filter(state="sent", expires_on__lt=today).exists()
    sold = found.filter(state="sale")
    assert {"to-invoice", "invoiced"} <= set(
        sold.values_list("invoice_status", flat=True)
    )
    assert {"full", "pending"} <= set(sold.values_list("delivery_status", flat=True))
    assert Delivery.objects.exclude(backorder_of=None).exists()


def test_invoices_are_paid_partly_paid_overdue_and_given_back() -> None:
    found = Invoice.objects.filter(company=persian())
    states = set(found.values_list("kind", "state", "payment_state"))
    assert {
        ("invoice", "draft", "not-paid"),
        ("invoice", "posted", "not-paid"),
        ("invoice", "posted", "partial"),
        ("invoice", "posted", "paid"),
        ("invoice", "posted", "reversed"),
        ("credit-note", "posted", "paid"),
    } <= states
    today = persian().profile().today()
    assert found.filter(residual__gt=0, due_date__lt=today).exists()
    for invoice in found.filter(state="posted"):
        settled = invoice.total - invoice.residual
        assert 0 <= settled <= invoice.total
        assert invoice.total == invoice.untaxed + invoice.tax + invoice.rounding


def test_numbers_of_invoices_follow_their_days() -> None:
    posted = Invoice.objects.filter(
        company=persian(), state="posted", kind="invoice"
    ).order_by("accounting_date", "number")
    days = list(posted.values_list("number", "accounting_date"))
    for year in {number.split("/")[1] for number, _day in days}:
        numbers = [number for number, _day in days if f"/{year}/" in number]
        assert [int(n.rsplit("/", 1)[1]) for n in numbers] == list(
            range(1, len(numbers) + 1)
        )


def test_every_team_has_invoiced_something_of_its_target_this_month() -> None:
    boss = actor_for(User.objects.get(email="negar@azin.example"))
    cards = dashboard(boss).cards
    assert len(cards) == 5
    for card in cards:
        assert card.team.invoicing_target
        assert card.invoiced is not None
        assert 0 < card.invoiced < 3 * card.team.invoicing_target, card.team.name
    assert sum(card.quotations.count for card in cards) >= 20


def test_an_order_never_asks_for_more_than_its_opportunity_expected() -> None:
    linked = Order.objects.exclude(opportunity=None)
    assert linked.count() >= 60
    assert not linked.filter(untaxed__gt=F("opportunity__expected_revenue")).exists()
    assert not linked.exclude(team=F("opportunity__team")).exists()


def test_amounts_are_of_real_size_and_add_up() -> None:
    for order in Order.objects.filter(
        company=persian(), rental=None, subscription=None
    ):
        assert 100 * MILLION <= order.untaxed <= 60_000 * MILLION, order.number
        lines = OrderLine.objects.filter(order=order).aggregate(total=Sum("subtotal"))
        assert lines["total"] == order.untaxed
        assert order.tax == pytest.approx(order.untaxed * 0.1, abs=2)


def test_nothing_of_it_lies_ahead_of_now() -> None:
    now = timezone.now()
    for model, column in (
        (Order, "created_at"),
        (Order, "ordered_at"),
        (Invoice, "posted_at"),
        (Delivery, "done_at"),
        (Payment, "created_at"),
    ):
        late = model._default_manager.filter(**{f"{column}__gt": now})
        assert not late.exists(), (model, column)
    assert not Order.objects.filter(ordered_at__lt=F("created_at")).exists()
    assert not Payment.objects.filter(date__gt=persian().profile().today()).exists()


def test_a_rental_is_out_one_is_late_and_one_is_reserved() -> None:
    now = timezone.now()
    found = RentalOrder.objects.filter(company=persian())
    assert set(found.values_list("status", flat=True)) == {
        "quotation",
        "reserved",
        "out",
        "returned",
    }
    assert found.filter(status="out", return_due_at__lt=now).count() == 1
    assert found.filter(status="out", return_due_at__gt=now).exists()


def test_the_catalogue_is_priced_stocked_and_rented_out() -> None:
    company = persian()
    goods = Product.objects.filter(company=company, is_sold=True)
    assert goods.count() == 35
    assert not goods.filter(taxes=None).exists()
    assert goods.filter(is_rentable=True, rental_prices=None).count() == 0
    assert not StockLevel.objects.filter(on_hand__lt=0).exists()
    rules = PricelistRule.objects.filter(pricelist__company=company)
    assert rules.count() == 3
    assert QuotationTemplate.objects.get(company=company).lines.count() == 12


def test_some_customers_pay_every_month() -> None:
    found = Subscription.objects.filter(company=persian())
    assert found.count() == 4
    assert set(found.values_list("state", flat=True)) == {"progress"}
    # One of them buys at the wholesale list: 25 for 7 per cent less.
    full = (60 + 14 + 110) * 6_500_000
    assert sum(found.values_list("mrr", flat=True)) == full + 151_125_000


def test_an_official_invoice_says_who_sells_and_who_buys() -> None:
    company = persian()
    assert is_legal_id(company.national_id)
    assert is_postal_code(company.zip)
    assert company.address
    assert company.city == "تهران"
    for invoice in Invoice.objects.filter(company=company).select_related("customer"):
        card = invoice.customer.parent or invoice.customer
        assert is_legal_id(card.national_id), card.name
        assert card.economic_number
        assert is_postal_code(card.zip)
    bank = Journal.objects.get(company=company, code="BNK")
    assert is_iranian_iban(bank.account_number)
