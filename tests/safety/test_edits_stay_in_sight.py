"""Nobody edits a record out of their own sight, but for handing it over."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sarnakh.contacts.types import CONTACTS
from sarnakh.crm.types import LEADS
from sarnakh.records import guarded
from tests.people import World


def test_a_contact_cannot_be_put_into_a_company_out_of_sight(world: World):
    by, contact = world.actor("manager"), world.samples["contacts"]
    theirs = world.leads["elsewhere"].company_id

    with pytest.raises(PermissionDenied):
        guarded.change(CONTACTS, contact.pk, {"company": theirs}, by=by)

    contact.refresh_from_db()
    assert contact.company_id != theirs


def test_a_contact_may_move_where_one_still_sees_it(world: World):
    by, contact = world.actor("manager"), world.samples["contacts"]
    moved = guarded.change(CONTACTS, contact.pk, {"company": by.company.pk}, by=by)
    freed = guarded.change(CONTACTS, contact.pk, {"company": None}, by=by)

    assert moved.pk == freed.pk
    assert freed.company_id is None


def test_a_lead_may_be_handed_over(world: World):
    lead, colleague = world.leads["mine"], world.users["colleague"]
    guarded.change(LEADS, lead.pk, {"salesperson": colleague.pk}, by=world.actor("own"))

    lead.refresh_from_db()
    assert lead.salesperson_id == colleague.pk


def test_an_edit_that_touches_no_right_does_not_ask_for_it_again(world: World):
    by, lead = world.actor("own"), world.leads["mine"]
    with CaptureQueriesContext(connection) as seen:
        guarded.change(LEADS, lead.pk, {"priority": "2"}, by=by)

    asked = [
        s["sql"] for s in seen if 'AS "a"' in s["sql"] and '"crm_lead"' in s["sql"]
    ]
    assert asked == []
