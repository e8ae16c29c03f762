"""Many numbers travel as one value."""

import pytest

from sarnakh.accounts.models import Company
from sarnakh.records.database import Among

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys() -> list[int]:
    return [Company.objects.create(name=f"No. {n}").pk for n in range(3)]


def among(numbers) -> list[int]:
    rows = Company.objects.filter(Among("pk", numbers)).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def test_the_rows_with_these_numbers_are_found(keys):
    assert among([keys[2], keys[0], keys[0], 2**62]) == [keys[0], keys[2]]


def test_no_numbers_no_rows(keys):
    assert among([]) == []


def test_others_are_found_by_its_opposite(keys):
    rows = Company.objects.filter(~Among("pk", keys[:2]))

    assert [row.pk for row in rows] == keys[2:]


def test_there_may_be_more_than_a_statement_has_parameters(keys):
    assert among(range(keys[0], keys[0] + 100_000)) == keys
