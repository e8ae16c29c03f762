"""Many numbers travel as one value, many records in one go."""

import pytest

from sarnakh.accounts.models import Company
from sarnakh.records.database import Among, update_each

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


def test_many_records_are_written_each_with_its_own_values(keys):
    companies = list(Company.objects.order_by("pk"))
    for number, company in enumerate(companies):
        company.name, company.active, company.phone = f"New {number}", number == 1, "?"

    update_each(companies, ["name", "active"])
    update_each([], ["name"])

    assert list(
        Company.objects.order_by("pk").values_list("name", "active", "phone")
    ) == [
        ("New 0", False, ""),
        ("New 1", True, ""),
        ("New 2", False, ""),
    ]
