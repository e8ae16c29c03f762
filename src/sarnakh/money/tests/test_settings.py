"""The page on which a company says how it trades."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.errors import ChangedMeanwhile
from sarnakh.accounts.models import AuditEntry
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.money import settings as trade
from sarnakh.money.errors import OtherCompany
from sarnakh.money.forms import HELP, SECTIONS
from sarnakh.money.models import TradeSettings
from sarnakh.money.tests.factories import make_tax
from sarnakh.records.errors import InvalidValues

pytestmark = pytest.mark.django_db
URL = "/trade/settings"


@pytest.fixture
def user():
    return make_user(Role.ACCOUNTANT)


def posted(company, **values):
    current = TradeSettings.of(company)
    data = {"version": current.version}
    for name in trade.FIELDS:
        value = getattr(current, name)
        if value is not False and value is not None:
            data[name] = "on" if value is True else str(getattr(value, "pk", value))
    return {name: v for name, v in {**data, **values}.items() if v is not None}


def test_every_setting_has_its_place_and_help():
    shown = [name for _title, names in SECTIONS for name in names]
    fields = {field.name for field in TradeSettings._meta.fields if field.editable}
    technical = {"id", "company", "created_at", "created_by", "updated_at"}

    assert sorted(shown) == sorted(trade.FIELDS) == sorted(HELP)
    assert set(trade.FIELDS) == fields - technical - {"updated_by", "version"}


def test_what_is_saved_takes_effect(client, user):
    client.force_login(user)
    tax = make_tax(user.company, 10)

    assert client.get(URL).status_code == 200
    answer = client.post(
        URL,
        posted(
            user.company,
            validity_days="۱۵",
            prepayment_percent="۲۵٫۵",
            locks_confirmed="on",
            asks_signature=None,
            tax_rounding="document",
            default_tax=tax.pk,
            terms="<p>Hello<script>x</script></p>",
        ),
    )

    assert answer.status_code == 302
    saved = TradeSettings.of(user.company)
    assert (saved.validity_days, saved.prepayment_percent) == (15, Decimal("25.5"))
    assert (saved.locks_confirmed, saved.asks_signature) == (True, False)
    assert (saved.tax_rounding, saved.default_tax) == ("document", tax)
    assert saved.terms == "<p>Hello</p>"
    entry = AuditEntry.objects.filter(event="settings").latest("pk")
    assert "tax_rounding" in str(entry.details)


@pytest.mark.parametrize(
    "values",
    [
        {"validity_days": "soon"},
        {"validity_days": "1.5"},
        {"prepayment_percent": "0"},
        {"prepayment_percent": "101"},
        {"rental_padding_hours": "-1"},
        {"backorders": "perhaps"},
    ],
)
def test_what_does_not_fit_is_said_and_not_saved(client, user, values):
    client.force_login(user)

    answer = client.post(URL, posted(user.company, locks_confirmed="on", **values))

    assert answer.status_code == 422
    assert not TradeSettings.of(user.company).locks_confirmed


def test_only_sales_managers_and_accountants_decide(client):
    for role, status in (
        (Role.SALES_ALL, 403),
        (Role.BILLING, 403),
        (Role.ADMINISTRATOR, 403),
        (Role.SALES_MANAGER, 200),
    ):
        client.force_login(make_user(role))
        assert client.get(URL).status_code == status, role


def test_settings_are_those_of_one_company(user):
    other = make_company()
    by = actor_for(user)

    trade.change(user.company, {"validity_days": 7}, by=by)

    assert TradeSettings.of(user.company).validity_days == 7
    assert TradeSettings.of(other).validity_days == 30
    with pytest.raises(PermissionDenied):
        trade.change(other, {"validity_days": 7}, by=by)
    with pytest.raises(OtherCompany):
        trade.change(user.company, {"default_tax": make_tax(other)}, by=by)


def test_unseen_changes_are_not_overwritten(user):
    by = actor_for(user)
    trade.change(user.company, {"validity_days": 7}, by=by)

    with pytest.raises(ChangedMeanwhile):
        trade.change(user.company, {"validity_days": 9}, seen=1, by=by)
    with pytest.raises(InvalidValues):
        trade.change(user.company, {"prepayment_percent": Decimal(0)}, by=by)
    assert TradeSettings.of(user.company).validity_days == 7
