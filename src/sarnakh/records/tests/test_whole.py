"""A write is kept as a whole or undone as a whole, however doors call each other."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sarnakh.accounts.models import Company
from sarnakh.lib.errors import Refused
from sarnakh.records.whole import whole

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    return list(Company.objects.order_by("pk").values_list("name", flat=True))


@whole
def inner(name: str, *, refuses: bool = False) -> None:
    Company.objects.create(name=name)
    if refuses:
        raise Refused("No.", "no")


@whole
def outer(*, refuses: bool = False) -> None:
    Company.objects.create(name="outer")
    inner("inner")
    if refuses:
        raise Refused("No.", "no")


def test_a_refusal_of_the_outer_door_undoes_the_inner_one():
    with pytest.raises(Refused):
        outer(refuses=True)

    assert names() == []


def test_doors_within_a_door_open_no_savepoint():
    with CaptureQueriesContext(connection) as alone:
        inner("alone")
    with CaptureQueriesContext(connection) as nested:
        outer()

    # One more row, and nothing else.
    assert len(nested) == len(alone) + 1


def test_a_savepoint_lets_the_outer_door_go_on_after_a_refusal():
    @whole
    def patient() -> None:
        try:
            with transaction.atomic():
                inner("refused", refuses=True)
        except Refused:
            inner("instead")

    patient()

    assert names() == ["instead"]


def test_without_a_savepoint_nothing_half_done_can_be_kept():
    @whole
    def careless() -> None:
        try:
            inner("half", refuses=True)
        except Refused:
            inner("more")

    with pytest.raises(transaction.TransactionManagementError):
        careless()

    assert names() == []


def test_after_a_refusal_the_next_door_is_on_its_own_again():
    with pytest.raises(Refused):
        outer(refuses=True)
    with transaction.atomic():
        with pytest.raises(Refused):
            inner("refused", refuses=True)
        inner("kept")

    assert names() == ["kept"]
